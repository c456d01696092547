"""The style guide: every component in every state, for those who build and those who check."""

from .view import styleguide

__all__ = ["styleguide"]
