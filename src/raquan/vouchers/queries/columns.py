"""The columns of the lists of vouchers."""

from django.utils.translation import gettext

from raquan.kernel.refused import N_
from raquan.ui.columns import Column, Columns, ranked
from raquan.vouchers.queries.shapes import CounterView, FailureView, RedemptionView, RunView
from raquan.vouchers.rules import FailureReason, RunState

RUNS: Columns[RunView] = Columns(
    name="dot-phieu",
    title=N_("Đợt phiếu"),
    first="-made_at",
    columns=(
        Column("title", N_("Đợt phiếu"), lambda one: one.title, by=("sort_key",)),
        Column("organization", N_("Doanh nghiệp"), lambda one: one.organization_name, by=("organization__sort_key",)),
        Column("offer", N_("Ưu đãi"), lambda one: one.offer_title, by=("offer__sort_key",), unseen=True),
        Column("starts_on", N_("Từ ngày"), lambda one: one.starts_on, by=("starts_on",)),
        Column("ends_on", N_("Đến ngày"), lambda one: one.ends_on, by=("ends_on",)),
        Column("quota", N_("Số phiếu"), lambda one: one.quota, by=("quota",), numeric=True),
        Column("counted", N_("Đã dùng"), lambda one: one.counted, by=("counted",), numeric=True),
        Column("held", N_("Quầy giữ"), lambda one: one.held, by=("held",), numeric=True),
        Column("state", N_("Trạng thái"), lambda one: one.state_name, by=(ranked("state", RunState),)),
        Column("made_at", N_("Làm lúc"), lambda one: one.made_at, by=("made_at",), unseen=True),
    ),
)

COUNTERS: Columns[CounterView] = Columns(
    name="quay",
    title=N_("Quầy"),
    first="name",
    columns=(
        Column("name", N_("Quầy"), lambda one: one.name, by=("sort_key",)),
        Column("organization", N_("Doanh nghiệp"), lambda one: one.organization_name, by=("organization__sort_key",)),
        Column("enrolled_at", N_("Ghi danh lúc"), lambda one: one.enrolled_at, by=("enrolled_at",)),
        Column("synced_at", N_("Gửi về lần cuối"), lambda one: one.synced_at, by=("synced_at",)),
        Column("held", N_("Đang giữ"), lambda one: one.held, numeric=True),
        Column("counted", N_("Đã dùng"), lambda one: one.counted, numeric=True),
        Column(
            "state",
            N_("Tình trạng"),
            lambda one: gettext("Đã thu hồi") if one.is_withdrawn else gettext("Đang dùng"),
            by=("withdrawn_at",),
        ),
        Column("reason", N_("Lý do thu hồi"), lambda one: one.withdrawn_reason, unseen=True),
    ),
)

REDEMPTIONS: Columns[RedemptionView] = Columns(
    name="luot-dung-phieu",
    title=N_("Lượt dùng phiếu"),
    first="-received_at",
    columns=(
        Column("redeemed_at", N_("Dùng lúc"), lambda one: one.redeemed_at, by=("redeemed_at",)),
        Column("serial", N_("Số phiếu"), lambda one: one.serial, by=("serial",), numeric=True),
        Column("run", N_("Đợt phiếu"), lambda one: one.run_title, by=("run__sort_key",)),
        Column("organization", N_("Doanh nghiệp"), lambda one: one.organization_name, unseen=True),
        Column("counter", N_("Quầy"), lambda one: one.counter_name, by=("counter__sort_key",)),
        Column("amount", N_("Số tiền (đồng)"), lambda one: one.amount, by=("amount",), numeric=True),
        Column("received_at", N_("Về máy chủ lúc"), lambda one: one.received_at, by=("received_at",)),
        Column("state", N_("Kết quả"), lambda one: one.state_name, by=("outcome", "reason", "is_counted")),
        Column(
            "clock",
            N_("Đồng hồ"),
            lambda one: gettext("máy tự tính") if one.is_by_wall_clock else gettext("theo máy chủ"),
            by=("clock",),
            unseen=True,
        ),
    ),
)

FAILURES: Columns[FailureView] = Columns(
    name="phieu-quay-tu-choi",
    title=N_("Phiếu quầy từ chối"),
    first="-failed_at",
    columns=(
        Column("failed_at", N_("Lúc"), lambda one: one.failed_at, by=("failed_at",)),
        Column("reason", N_("Lý do"), lambda one: one.reason_name, by=(ranked("reason", FailureReason),)),
        Column("run", N_("Đợt phiếu"), lambda one: one.run_title, by=("run__sort_key",)),
        Column("organization", N_("Doanh nghiệp"), lambda one: one.organization_name, unseen=True),
        Column("counter", N_("Quầy"), lambda one: one.counter_name, by=("counter__sort_key",)),
        Column("code", N_("Mã đã quét"), lambda one: one.code, unseen=True),
    ),
)
