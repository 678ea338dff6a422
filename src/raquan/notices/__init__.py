"""Notices to people on duty: gathered into messages, quiet at night, told to the level above when nobody acts."""
