"""The pages of the rounds room, a file for each thing that they show."""
