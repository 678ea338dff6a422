"""Tests of the outings room."""
