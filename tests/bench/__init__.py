"""`make bench`: what the site costs, measured on real servers. No test runs any of this."""
