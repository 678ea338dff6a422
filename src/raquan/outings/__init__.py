"""A team goes to a place on a day to help people there."""
