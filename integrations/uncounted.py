"""The figure that stands for goods which a shop sells without counting them."""

UNCOUNTED = 9999
"""Pieces of what is not tracked: on sale as long as the shop says so, so never "few left"."""
