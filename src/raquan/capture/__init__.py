"""What helpers record in the field, kept as it came, and the assists that follow from it."""
