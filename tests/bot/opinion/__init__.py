"""Tests of the optional language model."""
