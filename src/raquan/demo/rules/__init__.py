"""What the demo is made of: its clock, its accounts, its outings, its assists; all invented, all labelled so."""

from raquan.demo.rules.accounts import (
    ACCOUNTS,
    CU_MGAR,
    CU_MGAR_CODE,
    CU_MGAR_DESK,
    CU_MGAR_OUTING,
    DEVICE_KEY,
    ENTERPRISE_LOGIN,
    FIELD_CODE,
    FIELD_LOGIN,
    LEADER_LOGIN,
    PASSWORD,
)

__all__ = [
    "ACCOUNTS",
    "CU_MGAR",
    "CU_MGAR_CODE",
    "CU_MGAR_DESK",
    "CU_MGAR_OUTING",
    "DEVICE_KEY",
    "ENTERPRISE_LOGIN",
    "FIELD_CODE",
    "FIELD_LOGIN",
    "LEADER_LOGIN",
    "PASSWORD",
]
