"""Coupons: the merchant's policy, and who was granted what."""
