"""Seventy-two hours of a desk in seconds: the real desk, a turned clock, people with tempers."""
