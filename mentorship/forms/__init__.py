"""Forms of mentorship: they parse. The rules are in the actions."""
