"""All tables of the house, whichever file of the schema they stand in."""

from desk.store import schema, schema_customers, schema_shops

FILES = (schema, schema_customers, schema_shops)
"""Importing a file is what makes its tables known to the metadata."""

metadata = schema.metadata
