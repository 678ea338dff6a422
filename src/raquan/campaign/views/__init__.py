"""The pages of the room, a file for each thing that they are about."""
