"""The pages of partners and offers."""
