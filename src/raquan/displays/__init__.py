"""Banners and posts in their places: where they must or may hang, the proofs of it, compliance, what to take down."""
