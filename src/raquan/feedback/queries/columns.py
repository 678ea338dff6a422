"""The columns of the list of feedback."""

from raquan.feedback.queries.shapes import FeedbackView
from raquan.feedback.rules import Mood, State
from raquan.kernel.refused import N_
from raquan.ui.columns import Column, Columns, ranked


def _first(one: FeedbackView) -> str:
    return one.entries[0].text if one.entries else "; ".join(one.topic_names) or one.mood_name


FEEDBACK: Columns[FeedbackView] = Columns(
    name="gop-y",
    title=N_("Góp ý, hỏi đáp"),
    first="-sent_at",
    columns=(
        Column("text", N_("Nội dung"), _first),
        Column("mood", N_("Thấy thế nào"), lambda one: one.mood_name, by=(ranked("mood", Mood),)),
        Column("topics", N_("Vì sao"), lambda one: "; ".join(one.topic_names), unseen=True),
        Column("code", N_("Mã"), lambda one: one.about_code, by=("about_code",)),
        Column("organization", N_("Đơn vị"), lambda one: one.organization_name, by=("organization__sort_key",)),
        Column("sent_at", N_("Gửi lúc"), lambda one: one.sent_at, by=("sent_at",)),
        Column("state", N_("Trạng thái"), lambda one: one.state_name, by=(ranked("state", State),)),
    ),
)
