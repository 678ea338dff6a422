"""The door for ODK Collect and everything that speaks OpenRosa."""
