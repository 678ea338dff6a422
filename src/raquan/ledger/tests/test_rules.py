"""The pauses between attempts."""

from datetime import timedelta

from raquan.ledger.rules import told, wait_before


def test_pauses_double_and_end_at_an_hour() -> None:
    assert wait_before(2) == timedelta(seconds=2)
    assert wait_before(3) == timedelta(seconds=4)
    assert wait_before(40) == timedelta(hours=1)


def test_what_is_told_of_an_act_names_nobody() -> None:
    detail = {
        "user": "0190",
        "user_id": "0190",
        "login": "0912345678",
        "agreed_by": ["Y Bhăm"],
        "reason": "Ốm",
        "held_on": "2023-10-06",
        "due_at": "2023-10-06T01:30:00+00:00",
        "total": 0,
        "draft": True,
    }
    assert [(one.name, one.text) for one in told(detail)] == [
        ("Lý do", "Ốm"),
        ("Ngày", "06/10/2023"),
        ("Hạn", "08:30 06/10/2023"),
        ("Tổng số", "0"),
    ]


def test_what_changed_is_told_from_what_to_what() -> None:
    detail = {"before": {"name": "Chợ", "lat": 1}, "after": {"name": "Chợ mới", "lat": 2}}
    assert [(one.name, one.text) for one in told(detail)] == [("Tên", "Chợ → Chợ mới")]
    assert told({"was": {"name": "A"}, "now": {"name": "A"}}) == ()
    assert told({"before": {"0190": "leader"}, "after": {"0191": "leader"}}) == ()
