"""The strict fake WeCom, checked against the protocol."""
