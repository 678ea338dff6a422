"""The pages of the help desk room."""
