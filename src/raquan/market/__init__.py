"""Enterprises and the promotions that they offer in the campaign: registered, checked, shown, counted."""
