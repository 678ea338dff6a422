"""The pages of feedback: the public ones, and those of the unit that answers."""
