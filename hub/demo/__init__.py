"""The demo community, loaded from the plain files under `demo/`. Loading it again changes
nothing."""

from .community import load_community
from .courses import load_courses
from .learners import load_learners
from .mentorship import load_mentorship
from .partners import load_partners

__all__ = ["load_community", "load_courses", "load_learners", "load_mentorship", "load_partners"]
