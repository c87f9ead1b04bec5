"""The platforms that shops run on: one folder each, all of one shape, listed in catalog.py."""
