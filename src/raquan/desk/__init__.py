"""The staff's home, and pages that join rooms."""
