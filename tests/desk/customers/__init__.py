"""Tests of who is who, without a database."""
