"""Phone and server are killed again and again while records are sent: each record is on the phone, or received once."""

from random import Random

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.installation import Installation
from tests.journeys.phone import (
    THIN,
    Phone,
    all_received_once,
    answer,
    open_outing,
    save,
    sign_in,
    stored,
)

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.front]

ROUNDS = 6
A_ROUND = 3
"""How many records are made before each round's sending."""

RECEIVED = "SELECT instance_id FROM capture_submission WHERE NOT is_synthetic"
KEPT = "SELECT COUNT(*), COUNT(DISTINCT instance_id) FROM capture_submission WHERE NOT is_synthetic"
LONGEST = 2_500
"""Milliseconds within which a sending on a thin line begins, is answered and is written down: a kill falls anywhere."""


def test_what_is_killed_while_sending_is_lost_nowhere_and_twice_nowhere(own: Installation, phone: Phone) -> None:
    dice = Random(2023)
    page = phone.start()
    sign_in(page)
    own.kill()
    for number in range(1, ROUNDS + 1):
        _record(page, A_ROUND)
        _agrees(page, own, number * A_ROUND)
        phone.kill()

        own.start()
        page = phone.start(line=THIN)  # it sends by itself
        page.wait_for_timeout(dice.randint(0, LONGEST))
        for kill in dice.sample([own.kill, phone.kill], 2):
            kill()
        page = phone.start()  # the server is away: what the phone says now stays so
        _agrees(page, own, number * A_ROUND)

    own.start()
    page.get_by_role("button", name="Gửi ngay").click()
    expect(page.get_by_role("banner").get_by_text("Chưa gửi 0", exact=True)).to_be_visible(timeout=60_000)
    all_received_once(page, own, ROUNDS * A_ROUND)
    _agrees(page, own, ROUNDS * A_ROUND)
    assert own.ask(KEPT) == [(ROUNDS * A_ROUND, ROUNDS * A_ROUND)]


def _record(page: Page, people: int) -> None:
    open_outing(page)
    if page.get_by_role("button", name="Đổi Dịch vụ").count() == 0:  # the first of all: nothing is kept from before
        answer(page, "Đăng ký khai sinh", "Đã nộp hồ sơ")
    for person in range(people):
        if person:
            page.get_by_role("button", name="Người tiếp theo").click()
        save(page, "Tự làm")


def _agrees(page: Page, own: Installation, made: int) -> None:
    """Hold what the app says on the screen to what is on the phone, and both to what the server has."""
    rows = {row["id"]: row["state"] for row in stored(page, "records")}
    taken = [one for one, state in rows.items() if state == "received"]
    assert len(rows) == made
    assert set(rows.values()) <= {"saved", "sent", "received"}
    strip = page.get_by_role("banner")
    expect(strip.get_by_text(f"Đã lưu trên máy {made}", exact=True)).to_be_visible()
    expect(strip.get_by_text(f"Chưa gửi {made - len(taken)}", exact=True)).to_be_visible()
    page.get_by_role("link", name="Đã ghi").click()
    expect(page.get_by_role("link", name=f"Đã nhận {len(taken)}", exact=True)).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Đã nhận")).to_have_count(len(taken))
    kept = own.ask(RECEIVED)
    assert len(kept) == len(set(kept))
    assert set(taken) <= {one for (one,) in kept} <= set(rows)
