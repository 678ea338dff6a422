"""Lets links be found, and their history be shown."""

from raquan.links.queries import KIND
from raquan.search.commands import offer

offer(KIND)
