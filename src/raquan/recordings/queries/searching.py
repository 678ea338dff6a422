"""What stands in the index of recordings, and which of it an actor may see."""

from collections.abc import Iterable

from django.db.models import QuerySet

from raquan.catalogue import queries as catalogue
from raquan.kernel.localized import in_language
from raquan.kernel.refused import N_
from raquan.recordings.models import Recording
from raquan.recordings.queries.reading import readable
from raquan.recordings.rules import SPOKEN
from raquan.search.rules import Entry, Kind, join_line


def _entries(rows: QuerySet[Recording]) -> Iterable[Entry]:
    found = list(rows)
    names = catalogue.service_names(one.service_code for one in found)
    for one in found:
        name = in_language(names.get(one.service_code, {"vi": one.service_code}), "vi")
        line = join_line(SPOKEN[one.language], one.speaker_name)
        yield Entry(one.id, name, f"/desk/recordings/{one.id}/", line=line, at=one.sent_at)


KINDS = (Kind("recording", N_("Bản thu âm"), "recordings.Recording", Recording.objects.all, readable, _entries),)
