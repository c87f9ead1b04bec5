"""Tickets (工单): what a person has to do for a customer, and how far it is."""
