"""A real shop server (Vendure) to test the connector against; never shipped with the product."""
