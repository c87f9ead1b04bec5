"""All tables of the house, whichever file of the schema they stand in."""

from desk.store import (
    schema,
    schema_assignment,
    schema_customers,
    schema_links,
    schema_parcels,
    schema_places,
    schema_rules,
    schema_shops,
    schema_sla,
    schema_templates,
    schema_tickets,
    schema_wishes,
)

FILES = (
    schema,
    schema_assignment,
    schema_customers,
    schema_links,
    schema_parcels,
    schema_places,
    schema_rules,
    schema_shops,
    schema_sla,
    schema_templates,
    schema_tickets,
    schema_wishes,
)
"""Importing a file is what makes its tables known to the metadata."""

metadata = schema.metadata
