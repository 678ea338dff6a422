"""A helper's phone: a Chromium that may be killed, and what a helper does with the app on it."""

import contextlib
import io
import os
import re
import shutil
import signal
import struct
import zlib
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page, ViewportSize, expect

from raquan.demo.rules.accounts import CU_MGAR_OUTING, FIELD_CODE
from tests.axe import faults
from tests.journeys.installation import Installation

QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DEMO_SEED = 2023
SMALL = ViewportSize(width=360, height=640)
THIN = {"offline": False, "latency": 300, "downloadThroughput": 50_000 / 8, "uploadThroughput": 50_000 / 8}
"""A 2G line: 300 ms and 50 kbit/s."""

STORED = """async ([name, database]) => {
  const opened = await new Promise((resolve, reject) => {
    const asked = indexedDB.open(database)
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  })
  const asked = opened.transaction(name).objectStore(name).getAll()
  await new Promise((resolve) => { asked.onsuccess = resolve })
  opened.close()
  return asked.result
}"""
CAMERA = """(picture) => {
  const image = new Image()
  if (picture) image.src = picture
  navigator.mediaDevices.getUserMedia = async () => {
    if (!picture) throw new DOMException('no', 'NotAllowedError')
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 420
    const draw = () => {
      const sheet = canvas.getContext('2d')
      sheet.fillStyle = '#bbb'
      sheet.fillRect(0, 0, 420, 420)
      sheet.drawImage(image, 60, 60, 300, 300)
    }
    setInterval(draw, 50)
    return canvas.captureStream(15)
  }
}"""
"""A camera that sees a picture, or one that may not be used."""
NEXT_PEOPLE = (Path(__file__).parent / "next_people.js").read_text()
RECEIVED = "SELECT instance_id FROM capture_submission WHERE instance_id IN ({})"


def chromium(*flags: str) -> dict[str, Any]:
    """Say how Debian's Chromium is launched, without its sandbox only for root, who cannot have one."""
    path = shutil.which("chromium")
    assert path, "journeys need Debian's chromium"
    return {"executable_path": path, "args": [*QUIET, *flags, *(["--no-sandbox"] if os.geteuid() == 0 else [])]}


class Phone:
    """A phone of its own: a Chromium whose disk stays when it is killed."""

    def __init__(self, browser: Browser, disk: Path, address: str, *flags: str) -> None:
        self._type = browser.browser_type
        self._disk, self._address, self._flags = disk, address, flags
        self.faults: list[str] = []
        self.context: BrowserContext | None = None

    def start(self, *, before: str = "", line: dict[str, Any] | None = None, app: str = "/field/") -> Page:
        """Start an app as a tap on its icon does; `before` runs ahead of it, `line` is what its network is like."""
        self.context = self._type.launch_persistent_context(
            self._disk, **chromium(*self._flags), viewport=SMALL, locale="vi-VN"
        )
        self.context.set_default_timeout(15_000)
        page = self.context.pages[0]
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        if before:
            page.add_init_script(before)
        if line:
            self.context.new_cdp_session(page).send("Network.emulateNetworkConditions", line)
        page.goto(self._address + app)
        return page

    def kill(self) -> None:
        """Take the battery out."""
        assert self.context is not None
        marker = f"--user-data-dir={self._disk}"
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if marker in (folder / "cmdline").read_text().split("\0"):
                    os.kill(int(folder.name), signal.SIGKILL)
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue  # it has ended in this moment
        with contextlib.suppress(Error):  # nobody is there to be asked
            self.context.close()
        self.context = None
        (self._disk / "SingletonLock").unlink(missing_ok=True)


def faults_of_screen(page: Page) -> list[tuple[str, list[object]]]:
    """List what axe finds wrong on a screen, held so tall that nothing lies under the bar at its foot."""
    page.set_viewport_size({"width": SMALL["width"], "height": 3000})
    found = faults(page)
    page.set_viewport_size(SMALL)
    return found


def sign_in(page: Page, code: str = FIELD_CODE) -> None:
    page.get_by_label("Mã cá nhân").fill(code)
    page.get_by_label("Tên máy").fill("Máy của Bình")
    page.get_by_role("button", name="Bắt đầu").click()
    expect(page.get_by_role("heading", name="Ca của tôi hôm nay")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("link", name="Ghi lượt hỗ trợ").first).to_be_visible()


def make_ready(page: Page) -> None:
    page.get_by_role("link", name="Máy này").click()
    page.get_by_role("button", name="Kiểm tra máy").click()
    expect(page.get_by_text(re.compile("^Máy (đã|chưa) sẵn sàng"))).to_be_visible()
    expect(page.get_by_text("Máy đã sẵn sàng", exact=True)).to_be_visible()
    expect(page.get_by_text("Tổ trưởng đã được báo")).to_be_visible()


def open_outing(page: Page) -> None:
    page.evaluate("code => { location.hash = `#/record/${code}` }", CU_MGAR_OUTING)
    expect(page.get_by_role("heading", name="Ai làm trên máy?")).to_be_visible()


def answer(page: Page, service: str, result: str) -> None:
    tap(page, service)
    tap(page, result)


def tap(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def save(page: Page, how: str) -> None:
    page.get_by_role("button", name=re.compile(f"^{how}")).click()
    expect(page.get_by_role("heading", name="Đã lưu trên máy")).to_be_visible()


def stored(page: Page, name: str, database: str = "raquan-field") -> list[dict[str, Any]]:
    """Read a store of the phone's database past the app."""
    rows: list[dict[str, Any]] = page.evaluate(STORED, [name, database])
    return rows


def received(page: Page, own: Installation) -> int:
    ids = [row["id"] for row in stored(page, "records")]
    return len(own.ask(RECEIVED.format(",".join("?" * len(ids))), *ids))


def all_received_once(page: Page, own: Installation, count: int) -> None:
    rows = stored(page, "records")
    assert sorted(row["seq"] for row in rows) == list(range(1, count + 1))
    assert [row["state"] for row in rows] == ["received"] * count
    assert all(row["receipt"] for row in rows)
    assert received(page, own) == count


def picture(path: Path, width: int = 2000, height: int = 1500) -> Path:
    """Draw a PNG larger than a phone sends, with a text beside the picture that says where it was taken."""
    rows = b"".join(
        b"\0" + bytes((x * y + shift) % 251 for x in range(width) for shift in (0, 60, 120)) for y in range(height)
    )

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    made = io.BytesIO(b"\x89PNG\r\n\x1a\n")
    made.seek(0, io.SEEK_END)
    made.write(chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)))
    made.write(chunk(b"tEXt", b"GPS\x0012.67N 108.03E"))
    made.write(chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))
    path.write_bytes(made.getvalue())
    return path
