"""What XForm instances, workbooks and photos say, as plain data."""
