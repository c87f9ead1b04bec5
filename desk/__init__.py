"""The business of the shopkeeper: customers, tickets, coupons, shops; knows no protocol."""
