"""Digital services, the rungs that people climb with them, and what stops people."""
