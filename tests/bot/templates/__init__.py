"""Templates as files: read, checked, compared, published."""
