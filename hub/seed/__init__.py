"""A synthetic site of any size, for benchmarks and black-box tests.

A few learners are taken through the courses by the actions; everybody else gets copies of the
rows that came of it.
"""

from .plan import Plan
from .site import seed_site

__all__ = ["Plan", "seed_site"]
