"""Ratings (评价): what customers make of a person's service."""
