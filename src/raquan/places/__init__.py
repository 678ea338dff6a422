"""Administrative units with dates of validity, and which became which."""
