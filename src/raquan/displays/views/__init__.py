"""The desk's pages of displays and places."""
