"""The columns of the office's lists of publications and of press items."""

from raquan.kernel.refused import N_
from raquan.press.queries.shapes import PressItemView, PublicationLine
from raquan.press.rules import Kind, PressItemState, State
from raquan.ui.columns import Column, Columns, ranked

PUBLICATIONS: Columns[PublicationLine] = Columns(
    name="tin-bai",
    title=N_("Thông cáo và tin"),
    first="-changed_at",
    columns=(
        Column("title", N_("Tiêu đề"), lambda one: one.title),
        Column("kind", N_("Loại"), lambda one: one.kind_name, by=(ranked("kind", Kind),)),
        Column("number", N_("Số"), lambda one: one.number, by=("number",)),
        Column("dated_on", N_("Ngày"), lambda one: one.dated_on, by=("dated_on",)),
        Column("state", N_("Trạng thái"), lambda one: one.state_name, by=(ranked("state", State),)),
        Column("shown_from", N_("Hiện từ"), lambda one: one.shown_from, by=("shown_from",)),
        Column("shown_until", N_("Đến"), lambda one: one.shown_until, by=("shown_until",), unseen=True),
        Column("written_by", N_("Người viết"), lambda one: one.written_by_name, by=("written_by_name",)),
        Column("changed_at", N_("Sửa lúc"), lambda one: one.changed_at, by=("changed_at",)),
    ),
)

PRESS_ITEMS: Columns[PressItemView] = Columns(
    name="bao-chi-dua-tin",
    title=N_("Báo chí đưa tin"),
    first="-published_at",
    columns=(
        Column("title", N_("Tên bài"), lambda one: one.title),
        Column("outlet", N_("Báo, đài"), lambda one: one.outlet, by=("outlet_key",)),
        Column("published_at", N_("Đăng lúc"), lambda one: one.published_at, by=("published_at",)),
        Column("state", N_("Trạng thái"), lambda one: one.state_name, by=(ranked("state", PressItemState),)),
        Column("reply_due_on", N_("Hạn phản hồi"), lambda one: one.reply_due_on, by=("reply_due_on",)),
        Column("author", N_("Tác giả"), lambda one: one.author, unseen=True),
        Column("topic", N_("Về việc gì"), lambda one: one.topic, unseen=True),
        Column("address", N_("Địa chỉ bài"), lambda one: one.address, unseen=True),
        Column("replied_at", N_("Phản hồi lúc"), lambda one: one.replied_at, unseen=True),
        Column("reply_how", N_("Phản hồi bằng cách nào"), lambda one: one.reply_how, unseen=True),
        Column("replied_by", N_("Người phản hồi"), lambda one: one.replied_by_name, unseen=True),
        Column("aside_reason", N_("Vì sao gác lại"), lambda one: one.aside_reason, unseen=True),
        Column("noted_by", N_("Người ghi"), lambda one: one.noted_by_name, unseen=True),
    ),
)
