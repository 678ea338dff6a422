import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('search', '0001_initial'),
        ('search', '0002_read_everything'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Touched',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=64)),
                ('subject_id', models.CharField(blank=True, max_length=64)),
                ('after', models.UUIDField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('object_id', models.UUIDField()),
                ('title', models.CharField(max_length=400)),
                ('line', models.CharField(blank=True, max_length=400)),
                ('href', models.CharField(max_length=300)),
                ('code', models.CharField(blank=True, max_length=60)),
                ('title_key', models.CharField(max_length=400)),
                ('spoken_key', models.CharField(max_length=900)),
                ('at', models.DateTimeField(null=True)),
                ('public_href', models.CharField(blank=True, max_length=300)),
            ],
            options={
                'indexes': [models.Index(fields=['code'], name='search_entry_code')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_id'), name='search_entry_once')],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=40)),
                ('entry', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='words', to='search.entry')),
            ],
            options={
                'indexes': [models.Index(fields=['word', 'entry'], name='search_by_word')],
                'constraints': [models.UniqueConstraint(fields=('entry', 'word'), name='search_word_once')],
            },
        ),
    ]
