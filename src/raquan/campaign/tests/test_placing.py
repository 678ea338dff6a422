"""Where added tasks come to stand."""

import pytest

from raquan.campaign.rules import Entry, placed

PLAN = "I I:1 I:2 II II:1"


def _entries(written: str) -> list[Entry]:
    """Read "I I:1": a section, and a task below it."""
    return [Entry(one.replace(":", "."), one.partition(":")[0] if ":" in one else "") for one in written.split()]


@pytest.mark.parametrize(
    ("document", "whole", "expected"),
    [
        ("I I:1 I:new I:2", True, "I I.1 I.new I.2 II II.1"),
        ("I I:new", True, "I I.new I.1 I.2 II II.1"),
        ("I I:new", False, "I I.1 I.2 I.new II II.1"),
        ("I I:new I:newer", False, "I I.1 I.2 I.new I.newer II II.1"),
        ("I I:2 III III:1 II", False, "I I.1 I.2 III III.1 II II.1"),
        ("0 0:1 I I:1", True, "0 0.1 I I.1 I.2 II II.1"),
        ("III III:1", False, "I I.1 I.2 II II.1 III III.1"),
        ("", True, "I I.1 I.2 II II.1"),
    ],
)
def test_a_new_task_follows_the_one_before_it(document: str, whole: bool, expected: str) -> None:
    assert placed(_entries(PLAN), _entries(document), whole=whole) == expected.split()
