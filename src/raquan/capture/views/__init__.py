"""The desk's pages of records."""
