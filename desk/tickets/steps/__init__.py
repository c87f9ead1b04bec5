"""The steps that a ticket goes through, as its template lays them down."""
