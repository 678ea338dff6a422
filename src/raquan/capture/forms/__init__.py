"""What people type about records and tally sheets: shapes only."""
