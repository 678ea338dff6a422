"""Guides spoken by people: who may record one, who hears it before it is played, and when it is played no more."""
