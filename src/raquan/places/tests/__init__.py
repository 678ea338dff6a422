"""Tests of the places room."""
