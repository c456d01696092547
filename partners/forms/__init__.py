"""Forms of partners: they parse. What may be said, and when, is in `offering` and the actions."""
