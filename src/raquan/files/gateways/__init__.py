"""What keeps bytes, and what makes photos small."""

from raquan.files.gateways.sizing import Sized, sized
from raquan.files.gateways.storage import keep

__all__ = ["Sized", "keep", "sized"]
