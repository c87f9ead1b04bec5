"""The process around the business: callbacks, turns, deliveries, digests."""
