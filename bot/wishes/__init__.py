"""Watches what customers wait for, and tells them when it is back."""
