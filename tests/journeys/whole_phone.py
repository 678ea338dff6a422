"""Phones that hold the shipped app but its screens, in Node; and the officer who hands their files in."""

import json
import re
import shutil
import subprocess
from base64 import b64decode
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener
from uuid import uuid4

from tests.journeys.installation import ROOT

FIELD = ROOT / "field"
Said = dict[str, Any]


class Died(Exception):
    """The page was gone before the person could be told."""


class Failed(Exception):
    """The app said that it did not work."""


def bundle_app(folder: Path) -> Path:
    """Bundle the app as for phones, with Node around it in place of a browser; give the file to run."""
    subprocess.run([_node(), "tests/whole_phone.build.mjs", str(folder)], cwd=FIELD, check=True)
    return folder / "whole_phone.mjs"


def _node() -> str:
    node = shutil.which("node")
    assert node, "the field app is tested with Node"
    return node


class WholePhone:
    """A phone in a process of its own; what it holds outlives its pages, not `new_phone` and `evict`."""

    def __init__(self, app: Path, address: str) -> None:
        self.address = address
        self._process = subprocess.Popen([_node(), str(app)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, what: str, **told: Any) -> Any:
        """Do something on the phone and give what the app said. Raises Died, Failed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"ask": what, "address": self.address, **told}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "died" in answer:
            raise Died(what)
        if "failed" in answer:
            raise Failed(answer["failed"])
        return answer["said"]

    def end(self) -> None:
        """Switch the phone off."""
        self._process.kill()
        self._process.communicate()


class Desk:
    """An officer at the desk, signed in by the form."""

    def __init__(self, address: str, login: str, password: str) -> None:
        self._address = address
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))
        fields = {"login": login, "password": password, "csrfmiddlewaretoken": _token(self._get("/sign-in"))}
        self._post("/sign-in", urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def hand_in(self, bundle: str) -> str:
        """Hand in a bundle, and give the answer's file for its phone."""
        mark = uuid4().hex
        token = _token(self._get("/desk/bundles/"))
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n',
            f'--{mark}\r\nContent-Disposition: form-data; name="bundle"; filename="goi.txt"\r\n',
            f"Content-Type: text/plain\r\n\r\n{bundle}\r\n--{mark}--\r\n",
        ]
        page = self._post("/desk/bundles/", "".join(parts).encode(), f"multipart/form-data; boundary={mark}")
        file = re.search(r"data:text/plain;base64,([A-Za-z0-9+/=]+)", page)
        assert file, re.findall(r"govuk-error-message[^<]*<[^<]*<[^<]*", page)
        return b64decode(file[1]).decode()

    def _get(self, path: str) -> str:
        with self._opener.open(self._address + path, timeout=60) as answer:
            return str(answer.read().decode())

    def _post(self, path: str, data: bytes, kind: str) -> str:
        asked = Request(self._address + path, data, {"Content-Type": kind})
        with self._opener.open(asked, timeout=60) as answer:
            return str(answer.read().decode())


def _token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found, page
    return found[1]
