"""What people type about records: shapes only."""
