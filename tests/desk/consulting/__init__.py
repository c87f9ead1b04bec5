"""Tests of what the merchant has written about products."""
