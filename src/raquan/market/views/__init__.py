"""The pages of the market: offers and registrations on the desk, the public ones."""
