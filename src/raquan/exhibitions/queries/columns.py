"""The columns of the lists of exhibitions, applications and contacts."""

from raquan.exhibitions.queries.shapes import ApplicationView, ContactView, ExhibitionView
from raquan.exhibitions.rules import ApplicationState, ExhibitionState, Purpose
from raquan.kernel.refused import N_
from raquan.ui.columns import Column, Columns, ranked

EXHIBITIONS: Columns[ExhibitionView] = Columns(
    name="trien-lam",
    title=N_("Triển lãm"),
    first="-starts_on",
    columns=(
        Column("name", N_("Triển lãm"), lambda one: one.said.name, by=("sort_key",)),
        Column("organization", N_("Đơn vị tổ chức"), lambda one: one.organization_name, by=("organization__sort_key",)),
        Column("place", N_("Nơi tổ chức"), lambda one: f"{one.said.where}, {one.place_name}"),
        Column("starts_on", N_("Từ ngày"), lambda one: one.said.starts_on, by=("starts_on",)),
        Column("ends_on", N_("Đến ngày"), lambda one: one.said.ends_on, by=("ends_on",)),
        Column("apply_until", N_("Hạn nhận đơn"), lambda one: one.said.apply_until, by=("apply_until",)),
        Column("state", N_("Trạng thái"), lambda one: one.state_name, by=(ranked("state", ExhibitionState),)),
    ),
)

APPLICATIONS: Columns[ApplicationView] = Columns(
    name="don-gian-hang",
    title=N_("Đơn xin gian hàng"),
    first="-sent_at",
    columns=(
        Column("title", N_("Giới thiệu gì"), lambda one: one.said.title, by=("sort_key",)),
        Column("organization", N_("Doanh nghiệp"), lambda one: one.organization_name, by=("organization__sort_key",)),
        Column("exhibition", N_("Triển lãm"), lambda one: one.exhibition_name, by=("exhibition__sort_key",)),
        Column("field", N_("Lĩnh vực"), lambda one: one.said.field, by=("field",)),
        Column("size", N_("Cần rộng"), lambda one: one.size, by=("width_cm", "depth_cm")),
        Column("watts", N_("Điện (W)"), lambda one: one.said.watts, by=("watts",), numeric=True),
        Column("booth", N_("Gian"), lambda one: one.booth or None, by=("booth",)),
        Column("state", N_("Trạng thái"), lambda one: one.state_name, by=(ranked("state", ApplicationState),)),
        Column("sent_at", N_("Gửi lúc"), lambda one: one.sent_at, by=("sent_at",)),
        Column("code", N_("Mã"), lambda one: one.code, by=("code",), unseen=True),
    ),
)

CONTACTS: Columns[ContactView] = Columns(
    name="khach-de-lai-lien-he",
    title=N_("Khách để lại liên hệ"),
    first="-left_at",
    columns=(
        # Names lie sealed: the database cannot put them in order.
        Column("name", N_("Tên"), lambda one: one.name or "–"),
        Column("phone", N_("Điện thoại"), lambda one: one.phone or "–"),
        Column("purpose", N_("Để làm gì"), lambda one: one.purpose_name, by=(ranked("purpose", Purpose),)),
        Column("words", N_("Lời nhắn"), lambda one: one.words or None),
        Column("left_at", N_("Để lại lúc"), lambda one: one.left_at, by=("left_at",)),
        # The form that changes it stands in the row.
        Column("outcome", N_("Kết quả"), lambda one: one.outcome_name or None, unseen=True),
        Column("purge_on", N_("Tự xóa ngày"), lambda one: one.purge_on, by=("purge_on",)),
        Column("booth", N_("Gian"), lambda one: one.booth, by=("application__booth",), unseen=True),
    ),
)
