"""Merchants' rules: what happens, which rules fit it, what they do about it, once."""
