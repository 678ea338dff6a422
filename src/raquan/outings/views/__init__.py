"""The pages of the outings room, a file for each thing that they show."""
