"""What XLSForms and XForm definitions say, as plain data."""
