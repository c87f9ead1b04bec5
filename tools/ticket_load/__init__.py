"""A million tickets in the store, and how long the desk takes with them."""
