"""Lets recordings be found, and their history be shown."""

from raquan.recordings.queries import KINDS
from raquan.search.commands import offer

for kind in KINDS:
    offer(kind)
