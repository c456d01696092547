"""Settings come from the environment: `demo`, `test` and `production` build on `base`."""
