"""Lets what this room keeps be found, and its history be shown."""

from raquan.market.queries.searching import KINDS
from raquan.search.commands import offer

for kind in KINDS:
    offer(kind)
