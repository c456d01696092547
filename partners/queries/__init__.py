"""Reads across the models of partners."""
