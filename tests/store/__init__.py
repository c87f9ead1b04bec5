"""The library on a real PostgreSQL."""
