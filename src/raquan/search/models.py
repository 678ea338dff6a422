"""The index as it is stored: entries, the words that they are found by, and what is to be read again."""

from django.db import models


class Entry(models.Model):
    """A thing in the index. It is a copy: what a reader may see is asked of the room that owns the thing."""

    kind = models.CharField(max_length=20)
    object_id = models.UUIDField()
    title = models.CharField(max_length=400)
    line = models.CharField(max_length=400, blank=True)
    href = models.CharField(max_length=300)
    code = models.CharField(max_length=60, blank=True)
    # The title's folded words, and title and line with their marks, each word between spaces.
    title_key = models.CharField(max_length=400)
    spoken_key = models.CharField(max_length=900)
    at = models.DateTimeField(null=True)
    # Where everybody may read of it; "" for what is not public.
    public_href = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once"),)
        indexes = (models.Index(fields=["code"], name="search_entry_code"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"


class Word(models.Model):
    """That an entry is found by a folded word."""

    word = models.CharField(max_length=40)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="words", db_index=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["entry", "word"], name="search_word_once"),)
        indexes = (models.Index(fields=["word", "entry"], name="search_by_word"),)

    def __str__(self) -> str:
        return self.word


class Touched(models.Model):
    """A thing that was acted upon since it was read; no `subject_id`: every one, read on from the one `after`."""

    subject = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=64, blank=True)
    after = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id}"
