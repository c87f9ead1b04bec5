"""Shops: what every sales platform can be asked, and one answer out of many."""
