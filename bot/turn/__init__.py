"""The way of a message: accept, understand, decide, commit, deliver."""
