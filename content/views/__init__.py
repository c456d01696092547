from .pages import serve

__all__ = ["serve"]
