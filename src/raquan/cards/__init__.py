"""Companion cards: a citizen is counted once, across teams and offline, and nobody is named."""
