"""Templates of tickets as files: read, checked, compared, published."""
