"""A hub's edge on partners: what waits for it, reviews of offers, new organisations."""
