"""How rooms bring their things into the index, and how it is kept up with what is done to them."""

from raquan.search.commands.indexing import refresh, touch_acts, touch_everything
from raquan.search.commands.registry import offer

__all__ = ["offer", "refresh", "touch_acts", "touch_everything"]
