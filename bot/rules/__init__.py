"""Conditions that merchants write as data: compiled, type-checked, and never run as code."""
