"""The pages of what the office publishes."""
