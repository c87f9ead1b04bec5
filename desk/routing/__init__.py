"""Routing (路由): the store, the kind of goods and the people that a ticket belongs to."""
