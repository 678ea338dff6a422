"""The commands of docs/operations/collect.md do what the page says, against a running server."""

import os
import re
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

import raquan
from raquan.capture.commands import project_pending
from raquan.capture.models import Assist, Submission
from raquan.capture.tests.world import KEY, make_field
from raquan.kernel.clock import VIETNAM

PAGE = Path(raquan.__file__).parents[2] / "docs" / "operations" / "collect.md"

# What a machine without curl runs in its place: the few options that the page uses.
STAND_IN = """#!/usr/bin/env python3
import sys, urllib.error, urllib.request, uuid
options = {}
headers, arguments = {}, sys.argv[1:]
method = out = form = wanted = None
while arguments:
    word = arguments.pop(0)
    if word == "-I": method = "HEAD"
    elif word == "-o": out = arguments.pop(0)
    elif word == "-w": wanted = arguments.pop(0)
    elif word == "-H":
        name, _, value = arguments.pop(0).partition(": ")
        headers[name] = value
    elif word == "-F": form = arguments.pop(0)
    elif word != "-s": address = word
body = None
if form:
    name, _, rest = form.partition("=@")
    path, _, kind = rest.partition(";type=")
    mark = uuid.uuid4().hex
    head = f'--{mark}\\r\\nContent-Disposition: form-data; name="{name}"; filename="{path}"\\r\\nContent-Type: {kind}'
    body = head.encode() + b"\\r\\n\\r\\n" + open(path, "rb").read() + f"\\r\\n--{mark}--\\r\\n".encode()
    headers["Content-Type"] = f"multipart/form-data; boundary={mark}"
try:
    answer = urllib.request.urlopen(urllib.request.Request(address, body, headers, method=method))
except urllib.error.HTTPError as error:
    answer = error
text = answer.read()
if method == "HEAD": print(f"HTTP/1.1 {answer.status}\\n{answer.headers}")
elif out: open(out, "wb").write(text)
else: sys.stdout.write(text.decode())
if wanted: print(answer.status)
"""


def _script() -> str:
    return "".join(re.findall(r"```sh\n(.*?)```", PAGE.read_text(), re.DOTALL))


def _run(folder: Path, server: str, outing: str, *, stand_in: bool) -> str:
    environment = os.environ | {"SERVER": server, "KEY": KEY, "OUTING": outing, "LC_ALL": "C.UTF-8"}
    if stand_in:
        (folder / "curl").write_text(STAND_IN)
        (folder / "curl").chmod(0o755)
        environment["PATH"] = f"{folder}:{environment['PATH']}"
    run = ["bash", "-euo", "pipefail", "-c", _script()]
    return subprocess.run(run, cwd=folder, env=environment, check=True, capture_output=True, text=True).stdout


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_pages_commands_send_a_record(live_server: LiveServer, now: datetime, tmp_path: Path) -> None:
    field = make_field(now)
    said = _run(tmp_path, live_server.url, field.outing_code, stand_in=shutil.which("curl") is None)
    assert "<formID>assist</formID>" in said
    assert "HTTP/1.1 204" in said
    assert re.search(r"^Date: ", said, re.MULTILINE | re.IGNORECASE)
    assert re.findall(r"^(?:.*>)?(20\d|40\d)$", said, re.MULTILINE) == ["201", "201", "409"]
    assert Submission.objects.count() == 1
    project_pending(now=now)
    row = Assist.objects.get()
    assert (row.outing_id, row.how) == (field.outing_id, "guided")
    assert row.occurred_on == now.astimezone(VIETNAM).date()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_they_run_without_curl_too(live_server: LiveServer, now: datetime, tmp_path: Path) -> None:
    field = make_field(now)
    said = _run(tmp_path, live_server.url, field.outing_code, stand_in=True)
    assert re.findall(r"^(?:.*>)?(20\d|40\d)$", said, re.MULTILINE) == ["201", "201", "409"]
