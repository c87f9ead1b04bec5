"""Follows parcels to the door, and tells of those that are stuck before anybody asks."""
