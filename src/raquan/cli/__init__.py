"""The raquan command."""
