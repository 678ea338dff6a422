"""What XForms and XLSForms say, as plain data."""
