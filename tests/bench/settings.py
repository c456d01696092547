"""A real site's settings, with two things that a measurement needs: nobody is slowed down, and
with BENCH_COUNT each answer says how many statements it took."""

from hub.settings import environment as env
from hub.settings.production import *

ACCOUNT_RATE_LIMITS = False
if env.flag("BENCH_COUNT", False):
    MIDDLEWARE = ["tests.bench.counting.CountMiddleware", *MIDDLEWARE]
