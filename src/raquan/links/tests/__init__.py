"""Tests of the room of short links."""
