"""The columns of the market's lists."""

from raquan.kernel.refused import N_
from raquan.market.queries.shapes import OfferView, RegistrationView, ResultView
from raquan.market.rules import OfferState, PromotionForm, RegistrationState
from raquan.ui.columns import Column, Columns, ranked

OFFERS: Columns[OfferView] = Columns(
    name="uu-dai",
    title=N_("Ưu đãi"),
    first="-changed_at",
    columns=(
        Column("title", N_("Ưu đãi"), lambda one: one.title, by=("sort_key",)),
        Column("code", N_("Mã"), lambda one: one.code, by=("code",)),
        Column("organization", N_("Doanh nghiệp"), lambda one: one.organization_name, by=("organization__sort_key",)),
        Column("form", N_("Hình thức"), lambda one: one.form_name, by=(ranked("form", PromotionForm),)),
        Column("starts_on", N_("Từ ngày"), lambda one: one.starts_on, by=("starts_on",)),
        Column("ends_on", N_("Đến ngày"), lambda one: one.ends_on, by=("ends_on",)),
        Column("state", N_("Trạng thái"), lambda one: one.state_name, by=(ranked("state", OfferState),)),
        Column("changed_at", N_("Đổi lúc"), lambda one: one.changed_at, by=("changed_at",)),
    ),
)

REGISTRATIONS: Columns[RegistrationView] = Columns(
    name="dang-ky-doanh-nghiep",
    title=N_("Doanh nghiệp đăng ký"),
    first="-sent_at",
    columns=(
        Column("name", N_("Doanh nghiệp"), lambda one: one.particulars.name, by=("sort_key",)),
        Column("tax_code", N_("Mã số thuế"), lambda one: one.particulars.tax_code, by=("tax_code",)),
        Column("contact", N_("Người liên hệ"), lambda one: one.particulars.contact_name, by=("contact_name",)),
        Column("sent_at", N_("Gửi lúc"), lambda one: one.sent_at, by=("sent_at",)),
        Column("state", N_("Trạng thái"), lambda one: one.state_name, by=(ranked("state", RegistrationState),)),
    ),
)

RESULTS: Columns[ResultView] = Columns(
    name="ket-qua-uu-dai",
    title=N_("Kết quả ưu đãi"),
    first="-month",
    columns=(
        Column("title", N_("Ưu đãi"), lambda one: one.title, by=("offer__sort_key",)),
        Column("code", N_("Mã"), lambda one: one.code, by=("offer__code",)),
        Column(
            "organization",
            N_("Doanh nghiệp"),
            lambda one: one.organization_name,
            by=("offer__organization__sort_key",),
        ),
        Column("month", N_("Tháng"), lambda one: f"{one.month:%m/%Y}", by=("month",)),
        Column("redeemed", N_("Lượt dùng"), lambda one: one.redeemed, by=("redeemed",), numeric=True),
        Column("new_customers", N_("Khách mới"), lambda one: one.new_customers, by=("new_customers",), numeric=True),
        Column("value", N_("Giá trị (đồng)"), lambda one: one.value, by=("value",), numeric=True),
        Column("grade", N_("Nguồn"), lambda one: one.grade_name, by=("grade",)),
        Column("said_at", N_("Ghi lúc"), lambda one: one.said_at, by=("said_at",)),
    ),
)
