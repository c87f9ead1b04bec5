"""Whole conversations, through signed callbacks and real processes."""
