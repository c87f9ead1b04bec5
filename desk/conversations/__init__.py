"""Conversations: what came in, what was asked back, what is on its way out."""
