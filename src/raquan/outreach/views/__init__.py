"""The pages of communications: slogans, kit, artwork and messages on the desk, the public ones."""
