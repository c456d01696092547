"""Mentorship: a learner asks, a mentor says yes, and the hub looks after the pair."""
