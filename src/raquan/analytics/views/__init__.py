"""The pages of numbers and of snapshots, for the staff and for everybody."""
