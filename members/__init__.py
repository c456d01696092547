"""Floor 2: people, hubs, roles, consent, notices, and messages that must go out."""
