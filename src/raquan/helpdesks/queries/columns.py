"""The columns of the list of help desks."""

from raquan.helpdesks.queries.shapes import HelpDeskView
from raquan.kernel.refused import N_
from raquan.ui.columns import Column, Columns


def _hours(one: HelpDeskView) -> str:
    return "; ".join(f"{line.days}: {line.hours}" for line in one.hours)


HELP_DESKS: Columns[HelpDeskView] = Columns(
    name="diem-ho-tro",
    title=N_("Các điểm hỗ trợ"),
    first="site",
    columns=(
        Column("site", N_("Địa điểm"), lambda one: one.site_name, by=("site__sort_key",)),
        Column("code", N_("Mã"), lambda one: one.code, by=("code",)),
        Column("place", N_("Xã, phường, thị trấn"), lambda one: one.place_name, by=("site__place__sort_key",)),
        Column("address", N_("Địa chỉ"), lambda one: one.address, unseen=True),
        Column("organization", N_("Đơn vị"), lambda one: one.organization_name, by=("organization__sort_key",)),
        Column("hours", N_("Giờ mở cửa"), _hours),
        Column("services", N_("Dịch vụ"), lambda one: "; ".join(one.service_names), unseen=True),
        Column("language", N_("Nói tiếng"), lambda one: one.language_name, unseen=True),
        Column("valid_from", N_("Từ ngày"), lambda one: one.valid_from, unseen=True),
        Column("valid_to", N_("Đến hết ngày"), lambda one: one.valid_to, unseen=True),
    ),
)
