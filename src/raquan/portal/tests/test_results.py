"""The results: public figures of the last snapshot, on a page and in one ZIP."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from raquan.capture.tests.world import Field
from raquan.kernel.actor import SYSTEM
from raquan.press.commands import pack_results
from raquan.press.queries import latest_pack
from raquan.press.tests.conftest import campaign_time, draft, field, home, send, snapshot_id

__all__ = ["campaign_time", "draft", "field", "home", "send", "snapshot_id"]

pytestmark = pytest.mark.usefixtures("campaign_time")


def test_before_a_snapshot_the_figures_are_live_and_there_is_no_file(client: Client, field: Field) -> None:
    shown = client.get("/2023/results/").content.decode()
    assert "Chưa có bản chốt số liệu nào" in shown
    assert client.get("/2023/results.zip").status_code == 404
    assert client.get("/1999/results/").status_code == 404


def test_all_public_figures_in_one_file_that_can_be_checked(
    client: Client, field: Field, snapshot_id: UUID, now: datetime, django_assert_max_num_queries: Any
) -> None:
    assert pack_results(by=SYSTEM, now=now, campaign_id=field.campaign_id)
    assert not pack_results(by=SYSTEM, now=now, campaign_id=field.campaign_id)
    pack = latest_pack(field.campaign_id)
    assert pack
    with django_assert_max_num_queries(7):
        shown = client.get("/2023/results/").content.decode()
    assert pack.manifest_sha256 in shown
    assert f"snapshot={snapshot_id}&amp;format=csv" in shown
    answer = client.get("/2023/results.zip")
    assert answer["ETag"] == f'"{pack.sha256}"'
    package = zipfile.ZipFile(io.BytesIO(answer.content))
    lines = (line.split("  ") for line in package.read("SHA256SUMS").decode().splitlines())
    sums = {name: value for value, name in lines}
    assert set(sums) | {"SHA256SUMS"} == set(package.namelist())
    assert all(hashlib.sha256(package.read(name)).hexdigest() == value for name, value in sums.items())
    assert {"README.txt", "LICENCE.txt", "snapshot.json", "totals.csv"} < set(sums)
    assert "note" not in json.loads(package.read("snapshot.json"))
    data = json.loads(package.read("figures/assists-district.json"))
    assert data["total"] == 8
    assert data["address"].endswith(f"/2023/numbers/assists/?by=district&snapshot={snapshot_id}")
    rows = list(csv.DictReader(io.StringIO(package.read("totals.csv").decode("utf-8-sig"))))
    assert {row["measure"]: row["total"] for row in rows}["assists"] == "8"
    assert all(row["definition"] and row["grade"] for row in rows)
