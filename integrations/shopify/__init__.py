"""Shopify: a merchant's shop for customers abroad (海外站)."""
