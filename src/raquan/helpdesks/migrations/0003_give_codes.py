"""Gives every desk that was there before codes a code of its place."""

import secrets

from django.db import migrations
from django.db.models import Q

from raquan.outings.rules import DESK_CODE_LENGTH, make_code, naming_code, path_codes


def give_codes(apps, schema_editor):
    """Make codes as `set_up_help_desk` does."""
    desks = apps.get_model("helpdesks", "HelpDesk").objects
    units = apps.get_model("places", "Unit").objects
    taken = set()
    for desk in desks.filter(code__isnull=True).order_by("id"):
        held = Q(valid_to__isnull=True) | Q(valid_to__gte=desk.valid_from)
        own = units.filter(held, code=naming_code(path_codes(desk.place_path)), valid_from__lte=desk.valid_from).first()
        name = own.name if own is not None else ""
        while (code := make_code(name, secrets.choice, length=DESK_CODE_LENGTH)) in taken:
            pass
        taken.add(code)
        desks.filter(id=desk.id).update(code=code)


class Migration(migrations.Migration):

    dependencies = [
        ('helpdesks', '0002_codes_hours_and_rosters'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(give_codes, migrations.RunPython.noop),
    ]
