"""The pages of vouchers."""
