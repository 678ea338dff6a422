"""How much the suite does: what takes minutes by default, all of it when RAQUAN_THOROUGH is set."""

import os

THOROUGH = bool(os.environ.get("RAQUAN_THOROUGH"))


def amount(usual: int, thorough: int) -> int:
    """Give the number of records or examples to work with in this run."""
    return thorough if THOROUGH else usual
