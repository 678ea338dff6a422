"""Lets what this room keeps be found, its history be shown, and the plan know which outings stand on its tasks."""

from raquan.campaign.queries import find_standing
from raquan.outings.queries import outings_on_tasks
from raquan.outings.queries.searching import KINDS
from raquan.search.commands import offer

for kind in KINDS:
    offer(kind)
find_standing(outings_on_tasks)
