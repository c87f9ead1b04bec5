"""All that knows WeCom's wire format."""
