"""Boards: pages of panels over live figures, declared as data; and how far the plan's indicators are."""
