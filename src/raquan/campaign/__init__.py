"""The year's plan: theme, window, objectives, tasks and who leads them."""
