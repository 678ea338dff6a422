"""The pages of exhibitions: the organizer's, the enterprises', the visitors'."""
