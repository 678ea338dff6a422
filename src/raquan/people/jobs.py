"""Lets what this room keeps be found, and its history be shown."""

from raquan.people.queries.searching import KINDS
from raquan.search.commands import offer

for kind in KINDS:
    offer(kind)
