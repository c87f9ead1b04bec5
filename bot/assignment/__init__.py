"""The ticker's part of assignment: what is due is settled, each once."""
