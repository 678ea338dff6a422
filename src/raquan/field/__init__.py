"""The door for the field app: its shell, its sign-in, its day and its sync."""
