"""Reporting rounds: what units tell the office by a due time, beside figures that nobody types."""
