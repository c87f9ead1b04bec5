"""What managers read: figures out of what happened."""
