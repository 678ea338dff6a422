"""The shapes of what officers type, a file for each thing that it is about."""
