"""The demo's accounts, one a role; they exist in no other installation."""

from dataclasses import dataclass

from raquan.people.rules import Role

PASSWORD = "ngay-10-thang-10"  # noqa: S105 - the demo's, printed at its start
DEVICE_KEY = "Demo-cua-raquan-khong-dung-ngoai-ban-dung-thu-2023-KhoaCollect01"
"""The key of the demo's phone, as long as ODK Central's."""
FIELD_LOGIN = "hotro@demo.vn"
LEADER_LOGIN = "totruong@demo.vn"
ENTERPRISE_LOGIN = "doanhnghiep@demo.vn"
"""Who writes the offers of a synthetic enterprise; made with it, after the other accounts."""
FIELD_CODE = "DEMX-2Q23-CM"
"""The code with which the demo's helper signs in on a phone, at /field/."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the demo; `organization` is a name of the registry, None for all of them."""

    login: str
    full_name: str
    role: Role
    organization: str | None
    place_code: str | None
    what: str


CU_MGAR = "UBND huyện Cư M’gar"
CU_MGAR_CODE = "648"
CU_MGAR_OUTING = "CMG-7K2Q"
"""The code of the first day's outing at the one-stop shop of Cư M’gar, which the documents speak of."""
CU_MGAR_DESK = "CMG-7K2QA"
"""The code of the help desk there."""
ACCOUNTS = (
    Account("thuongtruc@demo.vn", "Nguyễn Thị Hạnh", Role.STEERING_OFFICER, None, None, "cơ quan thường trực của tỉnh"),
    Account("cumgar@demo.vn", "H’Trang Niê", Role.UNIT_OFFICER, CU_MGAR, CU_MGAR_CODE, "cán bộ huyện Cư M’gar"),
    Account(LEADER_LOGIN, "Y Mek Ê Nuôl", Role.TEAM_LEADER, CU_MGAR, CU_MGAR_CODE, "tổ trưởng ở Cư M’gar"),
    Account("hotro@demo.vn", "Trần Văn Bình", Role.HELPER, CU_MGAR, CU_MGAR_CODE, "người hỗ trợ ở Cư M’gar"),
    Account("xem@demo.vn", "Lê Thị Mai", Role.VIEWER, None, None, "người xem số liệu"),
    Account("quantri@demo.vn", "Phạm Quốc Khánh", Role.ADMINISTRATOR, None, None, "quản trị hệ thống"),
)
