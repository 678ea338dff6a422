"""The pages of people: signing in, the register, invitations, duties."""
