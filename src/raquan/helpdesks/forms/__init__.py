"""The shapes of what people type on the pages of help desks."""
