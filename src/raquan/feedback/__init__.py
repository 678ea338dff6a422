"""What villagers say and ask without an account, and what the unit on duty answers."""
