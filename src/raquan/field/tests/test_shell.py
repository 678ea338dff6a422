"""The app's page and its service worker, built and not built."""

import gzip
from pathlib import Path

import pytest
from django.test import Client

from raquan.field import shell

PAGE = b"<!doctype html><title>raquan</title>"


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An app as the build leaves it."""
    monkeypatch.setattr(shell, "BUILT", tmp_path)
    (tmp_path / "index.html").write_bytes(PAGE)
    (tmp_path / "index.html.gz").write_bytes(gzip.compress(PAGE))
    (tmp_path / "form.html").write_bytes(PAGE)
    (tmp_path / "sw.js").write_bytes(b"self.skipWaiting")
    (tmp_path / "counter").mkdir()
    (tmp_path / "counter" / "counter.html").write_bytes(PAGE)
    (tmp_path / "counter" / "sw.js").write_bytes(b"self.skipWaiting")
    return tmp_path


def test_the_page_is_asked_for_again_and_sent_once(built: Path) -> None:
    answer = Client().get("/field/")
    assert (answer.status_code, answer.content) == (200, PAGE)
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    again = Client().get("/field/", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_only_the_page_of_other_forms_may_run_their_engine(built: Path) -> None:
    paths = {"/field/": False, "/field/form/": True, "/field/sw.js": False, "/counter/": False, "/counter/sw.js": False}
    for path, may in paths.items():
        policy = Client().get(path).headers["Content-Security-Policy"]
        assert ("'wasm-unsafe-eval'" in policy) is may
        assert ("'unsafe-inline'" in policy) is may
        assert "'unsafe-eval'" not in policy
        assert "nonce" not in policy  # beside one, browsers would not look at 'unsafe-inline'


def test_the_page_is_sent_packed_to_whom_can_unpack(built: Path) -> None:
    answer = Client().get("/field/", headers={"Accept-Encoding": "gzip, br"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert gzip.decompress(answer.content) == PAGE


@pytest.mark.parametrize("home", ["/field/", "/counter/"])
def test_a_worker_serves_its_whole_app_and_is_never_kept(built: Path, home: str) -> None:
    answer = Client().get(f"{home}sw.js")
    assert answer.status_code == 200
    assert answer.headers["Service-Worker-Allowed"] == home
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Content-Type"].startswith("text/javascript")


@pytest.mark.django_db
def test_while_it_is_not_built_the_page_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shell, "BUILT", tmp_path)
    for home in ("/field/", "/counter/"):
        answer = Client().get(home)
        assert answer.status_code == 503
        assert "chưa được dựng" in answer.content.decode()
        assert Client().get(f"{home}sw.js").status_code == 404


def test_nothing_is_posted_to_it(built: Path) -> None:
    assert Client().post("/field/").status_code == 405
    assert Client().post("/counter/").status_code == 405
