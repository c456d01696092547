"""A partner's own edge: apply, write offers, see how they are, people, page, interest."""
