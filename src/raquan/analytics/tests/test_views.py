"""The pages of numbers, for nobody, for those who may not, and for those who may."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from raquan.analytics import commands
from raquan.analytics.models import Snapshot
from raquan.analytics.rules import CORRECTED, LATE, REASON_NAMES, REJECTED
from raquan.analytics.tests.conftest import Send
from raquan.capture.commands import delete_record
from raquan.capture.models import Submission
from raquan.capture.tests.world import DAY, Field, new_id
from raquan.catalogue.queries import services_on
from raquan.cli.figure import figure as figure_command
from raquan.cli.snapshot import snapshot as snapshot_command
from raquan.kernel.actor import SYSTEM, Actor
from raquan.kernel.ids import uuid7
from raquan.people.models import User

pytestmark = pytest.mark.usefixtures("campaign_time")

PAGES = ("/desk/figures/", "/desk/figures/assists/", "/desk/figures/snapshots/")


def client_of(actor: Actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(full_name=actor.name))
    return client


def test_nobody_is_sent_to_the_door(field: Field) -> None:
    for address in (*PAGES, "/desk/figures/assists/records/"):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/sign-in")


def test_those_without_the_duty_are_refused(field: Field) -> None:
    for address in PAGES:
        assert client_of(field.helper).get(address).status_code == 403
    asked = {"request_id": str(uuid7())}
    assert client_of(field.officer).post("/desk/figures/snapshots/freeze/", asked).status_code == 403


def test_the_catalogue_says_how_each_number_is_made(field: Field) -> None:
    page = client_of(field.officer).get("/desk/figures/").content.decode()
    for said in ("Lượt hỗ trợ", "Lượt làm hộ", "sum(quantity where how in done_for)", "buổi"):
        assert said in page
    for things in ("đợt phiếu", "doanh nghiệp", "đường dẫn ngắn"):
        assert f"Đếm số {things} khác nhau" in page


def test_a_figure_without_records_says_so(field: Field) -> None:
    page = client_of(field.officer).get("/desk/figures/assists/?by=day").content.decode()
    assert "Chưa có dữ liệu" in page
    assert '<svg class="rq-chart' not in page


@pytest.mark.parametrize("by", ["commune", "day", "service", "bottleneck", "organization"])
def test_a_figure_shows_chart_table_and_links(field: Field, send: Send, by: str) -> None:
    send(*[{}] * 3)
    page = client_of(field.officer).get(f"/desk/figures/assists/?by={by}").content.decode()
    assert "<svg" in page
    assert "đếm từng lượt: 3" in page
    assert "Số liệu trực tiếp lúc 09 giờ" in page
    assert f"/desk/figures/assists/records/?by={by}&amp;campaign={field.campaign_id}&amp;key=" in page


def test_a_long_figure_charts_the_greatest_and_lists_all(field: Field, send: Send) -> None:
    codes = [service.code for service in services_on(DAY)][:22]
    assert len(codes) == 22
    send(*[{"service": code} for code in codes])
    page = client_of(field.officer).get("/desk/figures/assists/?by=service").content.decode()
    assert page.count('class="rq-chart__bar"') == 15
    assert all(f"key={code}" in page for code in codes)


def test_a_figure_as_json_and_csv(field: Field, send: Send) -> None:
    send(*[{}] * 3)
    client = client_of(field.officer)
    data = client.get("/desk/figures/assists/?by=commune&format=json").json()
    assert data["rows"] == [{"key": "24259", "label": "Thị trấn Quảng Phú", "value": 3}]
    answer = client.get("/desk/figures/assists/?by=commune&format=csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert "24259,Thị trấn Quảng Phú,3,lượt" in answer.content.decode()


@pytest.mark.parametrize(
    "address", ["nonsense/", "assists/?by=x", "assists/?snapshot=x", "assists/?where=x", "assists/?format=exe"]
)
def test_what_is_not_there_is_not_found(field: Field, address: str) -> None:
    assert client_of(field.officer).get(f"/desk/figures/{address}").status_code == 404


def test_records_behind_a_number(field: Field, send: Send) -> None:
    send({}, {})
    send({}, outing=field.city_outing_code)
    address = "/desk/figures/assists/records/?by=day&key=2023-10-05"
    page = client_of(field.officer).get(address).content.decode()
    assert "3 bản ghi" in page
    assert "có 1 bản ghi ngoài phạm vi" in page
    assert page.count("/desk/records/0") == 2


def test_freezing_twice_by_one_form_is_once(field: Field, send: Send) -> None:
    send({})
    client = client_of(field.office)
    asked = {"request_id": str(uuid7()), "note": "để báo cáo"}
    first = client.post("/desk/figures/snapshots/freeze/", asked)
    second = client.post("/desk/figures/snapshots/freeze/", asked)
    assert first["Location"] == second["Location"]
    page = client.get(first["Location"]).content.decode()
    assert "Còn nguyên vẹn" in page
    assert "để báo cáo" in page
    row = Snapshot.objects.get()
    assert row.manifest_sha256 in page
    assert client.get(f"{first['Location']}manifest.json").json()["number"] == 1
    assert "để báo cáo" in client.get("/desk/figures/snapshots/").content.decode()


def test_the_console_freezes_and_shows(field: Field, send: Send, now: datetime, monkeypatch: Any) -> None:
    monkeypatch.setattr("raquan.cli.figure.start_django", lambda: None)
    monkeypatch.setattr("raquan.cli.snapshot.start_django", lambda: None)
    send({}, {})
    frozen = CliRunner().invoke(snapshot_command, ["freeze", "--note", "x"], catch_exceptions=False).output.strip()
    assert str(Snapshot.objects.get().id) == frozen
    asked = ["show", "assists", "--by", "commune", "--format"]
    data = json.loads(
        CliRunner().invoke(figure_command, [*asked, "json", "--snapshot", frozen], catch_exceptions=False).output
    )
    assert (data["measure"], data["by"], data["snapshot"]) == ("assists", "commune", frozen)
    assert data["rows"] == [{"key": "24259", "label": "Thị trấn Quảng Phú", "value": 2}]
    assert "Thị trấn Quảng Phú" in CliRunner().invoke(figure_command, [*asked, "table"]).output
    assert "assists,commune,24259" in CliRunner().invoke(figure_command, [*asked, "csv"]).output
    assert "outings_with_records" in CliRunner().invoke(figure_command, ["list"]).output


def test_the_job_keeps_files_close_behind(field: Field, send: Send, now: datetime) -> None:
    from raquan.analytics import jobs, queries

    send({})
    jobs.extract_facts(now)
    assert not queries.facts_pending()
    assert commands.extract_facts(by=SYSTEM, now=now).facts == 0


SHAPES = {
    "json": b"{",
    "csv": "\ufeffmeasure".encode(),
    "xlsx": b"PK",
    "svg": b"<svg",
    "png": b"\x89PNG",
}


def test_a_figure_comes_in_every_format(field: Field, send: Send) -> None:
    send(*[{}] * 6)
    client = client_of(field.officer)
    for shape, begins in SHAPES.items():
        answer = client.get(f"/desk/figures/assists/?by=service&format={shape}")
        assert (answer.status_code, answer.content[: len(begins)]) == (200, begins), shape
    assert client.get("/desk/figures/assists/?by=service&format=pdf").status_code == 404


def test_a_figure_by_two_dimensions(field: Field, send: Send) -> None:
    send({"how": "self"}, {"how": "guided"}, {"how": "guided"})
    client = client_of(field.officer)
    said = json.loads(client.get("/desk/figures/assists/across/how/?by=service&format=json").content)
    assert [one["key"] for one in said["columns"]] == ["self", "guided"]
    assert [row["values"] for row in said["rows"]] == [[1, 2]]
    assert "Tự làm" in client.get("/desk/figures/assists/across/how/?by=service").content.decode()
    assert client.get("/desk/figures/assists/across/state/?by=service").status_code == 404


def test_an_outing_that_is_counted_opens(field: Field) -> None:
    asked = f"/desk/figures/outings_planned/records/?by=day&key={DAY.isoformat()}"
    assert field.outing_code in client_of(field.officer).get(asked).content.decode()
    assert field.outing_code not in client_of(field.city_officer).get(asked).content.decode()


def test_everybody_sees_how_numbers_are_made_and_no_small_ones(field: Field, send: Send) -> None:
    send(*[{"how": "self"}] * 6, *[{"how": "guided"}] * 2, *[{"how": "done_for"}] * 7)
    page = Client().get("/2023/numbers/").content.decode()
    assert "Cộng số lượt của các bản ghi có cách làm là “Làm hộ”." in page
    assert "Lượt đến muộn" not in page
    said = json.loads(Client().get("/2023/numbers/assists/?by=how&format=json").content)
    assert {row["key"]: row["value"] for row in said["rows"]} == {"self": None, "guided": None, "done_for": 7}
    assert said["under_review"] == 0
    assert Client().get("/2023/numbers/late_arrivals/").status_code == 404
    assert Client().get("/2031/numbers/").status_code == 404


def test_the_other_map_is_said_on_the_page(field: Field, send: Send) -> None:
    send({}, {})
    page = client_of(field.officer).get("/desk/figures/assists/?by=commune&map=2025-07-01").content.decode()
    assert "Theo địa giới ngày 01/07/2025." in page
    for wrong in ("?by=day&map=2025-07-01", "?by=commune&map=hom-nay"):
        assert client_of(field.officer).get(f"/desk/figures/assists/{wrong}").status_code == 404


def test_a_late_a_corrected_and_a_deleted_record_change_live_pages_at_once_and_frozen_ones_never(
    field: Field, send: Send, now: datetime
) -> None:
    corrected, deleted = send({"how": "self"}, {"how": "guided"})
    office, address = client_of(field.office), "/desk/figures/assists/?by=how&format=json"
    frozen_page = f"{address}&snapshot={commands.freeze_snapshot(by=SYSTEM, now=now, campaign_id=field.campaign_id)}"
    frozen = office.get(frozen_page).json()

    def live() -> dict[str, int]:
        assert office.get(frozen_page).json()["rows"] == frozen["rows"]
        return {row["key"]: row["value"] for row in office.get(address).json()["rows"]}

    assert live() == {"self": 1, "guided": 1}
    send({"how": "guided"})  # of a day before the cut, come after it
    assert live() == {"self": 1, "guided": 2}
    send({"how": "done_for", "deprecated_id": corrected, "instance_id": new_id()})
    assert live() == {"done_for": 1, "guided": 2}
    submission = Submission.objects.get(instance_id=deleted)
    assert delete_record(by=field.office, now=now, submission_id=submission.pk, reason="Ghi nhầm buổi")
    assert live() == {"done_for": 1, "guided": 1}
    later = now + timedelta(hours=1)
    after = commands.freeze_snapshot(by=SYSTEM, now=later, campaign_id=field.campaign_id)
    compared = f"/desk/figures/snapshots/{after}/compare/{frozen['snapshot']}/"
    page = office.get(f"{compared}?measure=assists&by=how").content.decode()
    for reason in (LATE, CORRECTED, REJECTED):
        assert REASON_NAMES[reason]["vi"] in page, reason
    assert office.get(frozen_page).json()["rows"] == frozen["rows"]
