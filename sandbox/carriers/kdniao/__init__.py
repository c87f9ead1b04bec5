"""The fake 快递鸟."""
