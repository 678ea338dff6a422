"""Sheets of paper on which a helper ticks off a crowd: issued, printed, entered once, corrected, withdrawn."""
