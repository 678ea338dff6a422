"""A site knows what still needs it, for the rooms above this one: help desks become one of them."""

import django.db.models.deletion
from django.db import migrations, models

import raquan.kernel.ids


def hold_for_desks(apps, schema_editor):
    """Note every help desk's need of its site."""
    hold = apps.get_model("outings", "SiteHold")
    desks = apps.get_model("outings", "HelpDesk").objects.values_list("id", "site_id", "valid_to")
    hold.objects.bulk_create(hold(holder_id=desk, site_id=site, until=until) for desk, site, until in desks)


class Migration(migrations.Migration):

    dependencies = [
        ('outings', '0004_kit'),
    ]

    operations = [
        migrations.CreateModel(
            name='SiteHold',
            fields=[
                ('id', models.UUIDField(default=raquan.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('holder_id', models.UUIDField(unique=True)),
                ('until', models.DateField(null=True)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='outings.site')),
            ],
        ),
        migrations.RunPython(hold_for_desks, migrations.RunPython.noop),
    ]
