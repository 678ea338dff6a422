"""The columns of the lists of communications."""

from raquan.kernel.refused import N_
from raquan.outreach.queries.shapes import ArtworkView, PostView, SloganView
from raquan.outreach.rules import ArtworkState, Channel, DesignKind, PostState
from raquan.ui.columns import Column, Columns, ranked

SLOGANS: Columns[SloganView] = Columns(
    name="khau-hieu",
    title=N_("Khẩu hiệu"),
    first="text",
    columns=(
        Column("text", N_("Khẩu hiệu"), lambda one: one.text, by=("sort_key",)),
        Column(
            "languages",
            N_("Tiếng khác"),
            lambda one: "; ".join(f"{name}: {text}" for _code, name, text in one.others),
            by=("languages",),
        ),
        Column("changed_at", N_("Đổi lúc"), lambda one: one.changed_at, by=("changed_at",)),
        Column("artworks", N_("Ấn phẩm dùng"), lambda one: one.artworks, by=("used",), numeric=True),
        Column("reason", N_("Lý do thôi dùng"), lambda one: one.withdraw_reason, unseen=True),
    ),
)

ARTWORKS: Columns[ArtworkView] = Columns(
    name="an-pham",
    title=N_("Ấn phẩm"),
    first="-changed_at",
    columns=(
        Column("title", N_("Ấn phẩm"), lambda one: one.title, by=("sort_key",)),
        Column("code", N_("Mã"), lambda one: one.code, by=("code",)),
        Column("kind", N_("Loại"), lambda one: one.kind_name, by=(ranked("kind", DesignKind),)),
        Column("organization", N_("Đơn vị"), lambda one: one.organization_name, by=("organization__sort_key",)),
        Column("starts_on", N_("Từ ngày"), lambda one: one.starts_on, by=("starts_on",)),
        Column("ends_on", N_("Đến ngày"), lambda one: one.ends_on, by=("ends_on",)),
        Column("state", N_("Trạng thái"), lambda one: one.state_name, by=(ranked("state", ArtworkState),)),
        Column("changed_at", N_("Đổi lúc"), lambda one: one.changed_at, by=("changed_at",)),
        Column("design", N_("Mẫu"), lambda one: one.design_name, unseen=True),
        Column("slogan", N_("Khẩu hiệu"), lambda one: one.slogan, unseen=True),
    ),
)

POSTS: Columns[PostView] = Columns(
    name="lich-dua-tin",
    title=N_("Lịch đưa tin"),
    first="planned_at",
    columns=(
        Column("planned_at", N_("Giờ hẹn"), lambda one: one.planned_at, by=("planned_at",)),
        Column("title", N_("Nội dung"), lambda one: one.title, by=("sort_key",)),
        Column("channel", N_("Kênh"), lambda one: one.channel_name, by=(ranked("channel", Channel),)),
        Column("organization", N_("Đơn vị"), lambda one: one.organization_name, by=("organization__sort_key",)),
        Column("who", N_("Người làm"), lambda one: one.who, by=("who",)),
        Column("state", N_("Trạng thái"), lambda one: one.state_name, by=(ranked("state", PostState),)),
        Column("proof", N_("Minh chứng"), lambda one: one.proof, unseen=True),
        Column("text", N_("Chữ đưa ra"), lambda one: one.text, unseen=True),
    ),
)
