"""A strict fake of WeChat Store's gateway and of its push."""
