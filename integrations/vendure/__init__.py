"""Vendure: a shop server that merchants run themselves, asked through its admin API."""
