"""The fake 快递100."""
