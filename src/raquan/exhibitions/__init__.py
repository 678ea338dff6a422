"""Exhibitions of the campaign: a floor plan, booths that enterprises apply for, who came and what followed."""
