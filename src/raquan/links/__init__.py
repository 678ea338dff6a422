"""Short links that lead to pages of ours or of others, counted by day and channel without telling who came."""
