"""The desk's pages of records and of tally sheets."""
