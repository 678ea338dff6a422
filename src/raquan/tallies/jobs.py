"""Lets what this room keeps be found, and its history be shown."""

from raquan.search.commands import offer
from raquan.tallies.queries.searching import KINDS

for kind in KINDS:
    offer(kind)
