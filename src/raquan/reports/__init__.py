"""Official documents filled from a snapshot."""
