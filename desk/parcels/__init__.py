"""Parcels under way: followed until they arrive, and looked after where they are stuck."""
