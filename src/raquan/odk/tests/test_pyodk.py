"""The examples of docs/operations/pyodk.md do what the page says: pyodk itself against a running server."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

import raquan
from raquan.capture.commands import project_pending, receive_submissions
from raquan.capture.models import Assist, Comment, Submission
from raquan.capture.tests.world import PASSWORD, VERSION, envelope, instance, make_field
from raquan.odk.tests.test_central import OFFICER

PAGE = Path(raquan.__file__).parents[2] / "docs" / "operations" / "pyodk.md"
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def examples() -> list[str]:
    """Give the page's examples in their order."""
    return re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)


@pytest.fixture
def configured(live_server: LiveServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let pyodk find its configuration as the page says, with the test's server in it."""
    (config,) = re.findall(r"```toml\n(.*?)```", PAGE.read_text(), re.DOTALL)
    config = config.replace("http://127.0.0.1:8000", live_server.url)
    config = config.replace("cumgar@demo.vn", OFFICER).replace("mat-khau-cua-ban", PASSWORD)
    (tmp_path / "config.toml").write_text(config)
    monkeypatch.setenv("PYODK_CONFIG_FILE", str(tmp_path / "config.toml"))
    monkeypatch.setenv("PYODK_CACHE_FILE", str(tmp_path / "cache.toml"))
    return iter(())


def test_the_pages_examples_run(configured: None, now: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    field = make_field(now)
    payloads = [instance(field.outing_code) for _ in range(5)] + [instance(field.outing_code, how="by_magic")]
    receive_submissions(by=field.device, now=now, envelopes=[envelope(one) for one in payloads])
    project_pending(now=now)
    names: dict[str, Any] = {"VERSION": VERSION, "OUTING": field.outing_code}
    for example in examples():
        exec(compile(example, str(PAGE), "exec"), names)  # the page is ours
        project_pending(now=now)
    said = capsys.readouterr().out
    assert "2023 Ngày Chuyển đổi số 2023" in said
    assert "assist Ghi lượt hỗ trợ open" in said
    assert len(names["rows"]) == 6
    assert names["doubtful"] == 1
    assert len(names["read"]) == 7
    assert Submission.objects.filter(review_state="approved").count() == 1
    assert Submission.objects.filter(review_state="rejected").count() == 1
    assert Assist.objects.get(submission__review_state="rejected").version == 2
    assert [one.body for one in Comment.objects.order_by("id")] == ["Ghi nhầm người", "Bà con tự làm"]
    corrected = Assist.objects.get(root_instance_id=names["sent"].instanceId)
    assert (corrected.how, corrected.submission.review_state) == ("self", "edited")
    assert names["known"] is True
