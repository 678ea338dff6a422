"""Gives people who have accounts already the keys that lists sort and search by."""

from django.db import migrations

from raquan.kernel.text import fold, sort_key


def fill(apps, schema_editor):
    for user in apps.get_model("people", "User").objects.filter(sort_key=""):
        user.sort_key = sort_key(user.full_name)[:400]
        user.search_key = fold(f"{user.full_name} | {user.login}")[:400]
        user.save(update_fields=["sort_key", "search_key"])


class Migration(migrations.Migration):

    dependencies = [("people", "0008_invitations_and_stand_ins")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
