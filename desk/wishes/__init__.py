"""Wishes: who wants to hear when something is back."""
