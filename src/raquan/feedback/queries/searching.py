"""What stands in the index of feedback, and which of it an actor may see."""

from collections.abc import Iterable

from django.db.models import QuerySet

from raquan.feedback.models import Entry as Words
from raquan.feedback.models import Feedback
from raquan.feedback.queries.reading import readable
from raquan.kernel.refused import N_
from raquan.search.rules import Entry, Kind, join_line

LONGEST_TITLE = 120


def _entries(rows: QuerySet[Feedback]) -> Iterable[Entry]:
    found = list(rows.select_related("organization"))
    first = dict(Words.objects.filter(feedback__in=found, number=1).values_list("feedback_id", "text"))
    for one in found:
        title = first.get(one.id, "")[:LONGEST_TITLE] or one.about_code or "…"
        whose = one.organization.name if one.organization else ""
        yield Entry(one.id, title, f"/desk/feedback/{one.id}/", line=join_line(one.about_code, whose), at=one.sent_at)


KINDS = (Kind("feedback", N_("Góp ý, câu hỏi"), "feedback.Feedback", Feedback.objects.all, readable, _entries),)
