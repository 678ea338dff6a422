"""The columns of the lists of outings and of sites."""

from raquan.kernel.dates import format_time
from raquan.kernel.refused import N_
from raquan.outings.queries.shapes import OutingView, SiteView
from raquan.outings.rules import SITE_KIND_NAMES, State
from raquan.ui.columns import Column, Columns, ranked

OUTINGS: Columns[OutingView] = Columns(
    name="ra-quan",
    title=N_("Các buổi ra quân"),
    first="held_on",
    columns=(
        Column("code", N_("Mã"), lambda one: one.code, by=("code",)),
        Column("held_on", N_("Ngày"), lambda one: one.held_on, by=("held_on", "starts_at")),
        Column("hours", N_("Giờ"), lambda one: f"{format_time(one.starts_at)}–{format_time(one.ends_at)}"),
        Column("site", N_("Địa điểm"), lambda one: one.site_name, by=("site__sort_key",)),
        Column("address", N_("Địa chỉ"), lambda one: one.address, unseen=True),
        Column("place", N_("Xã, phường, thị trấn"), lambda one: one.place_name, by=("site__place__sort_key",)),
        Column("organization", N_("Đơn vị"), lambda one: one.organization_name, by=("organization__sort_key",)),
        Column("state", N_("Trạng thái"), lambda one: one.state_name, by=(ranked("state", State),)),
        Column("task", N_("Thuộc nhiệm vụ"), lambda one: one.task_title, unseen=True),
        Column("aim", N_("Mục đích"), lambda one: one.aim_name, unseen=True),
        Column("services", N_("Dịch vụ"), lambda one: "; ".join(one.service_names), unseen=True),
        Column("team", N_("Đội"), lambda one: "; ".join(one.team_names), unseen=True),
        Column("expected", N_("Số người dự kiến"), lambda one: one.expected_people, numeric=True, unseen=True),
        Column("cancel_reason", N_("Lý do hủy"), lambda one: one.cancel_reason, unseen=True),
    ),
)

SITES: Columns[SiteView] = Columns(
    name="dia-diem",
    title=N_("Các địa điểm"),
    first="name",
    columns=(
        Column("name", N_("Tên"), lambda one: one.name, by=("sort_key",)),
        Column("kind", N_("Loại"), lambda one: one.kind_name, by=(ranked("kind", SITE_KIND_NAMES),)),
        Column("place", N_("Xã, phường, thị trấn"), lambda one: one.place_name, by=("place__sort_key",)),
        Column("address", N_("Địa chỉ"), lambda one: one.address),
        Column("located", N_("Tọa độ"), lambda one: one.lat is not None),
        Column("lat", N_("Vĩ độ"), lambda one: one.lat, numeric=True, unseen=True),
        Column("lon", N_("Kinh độ"), lambda one: one.lon, numeric=True, unseen=True),
    ),
)
