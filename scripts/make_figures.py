"""Takes the screenshots under docs/figures: each page at 360 and 1280 px, full with the demo and empty.

python scripts/make_figures.py            # all
python scripts/make_figures.py home desk  # those whose name begins so
python scripts/make_figures.py field      # the field app's, at 360 x 640
python scripts/make_figures.py report-page  # the pages of the official reports, by LibreOffice
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts import field_figures, report_figures  # noqa: E402

FIGURES = ROOT / "docs" / "figures"
RAQUAN = str(Path(sys.executable).parent / "raquan")
WIDTHS = {360: 800, 1280: 900}
OFFICER, OFFICE = "cumgar@demo.vn", "thuongtruc@demo.vn"
PASSWORD = "ngay-10-thang-10"
FLAGS = [
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]

FULL: list[tuple[str, str, str | None]] = [
    ("home", "/", None),
    ("home-en", "/en/", None),
    ("campaign", "/2023/", None),
    ("outings", "/2023/outings/?q=cu mgar", None),
    ("month", "/2023/calendar/", None),
    ("guide", "/guides/vneid_level2/", None),
    ("feedback-send", "/2023/feedback/?about=CMG-7K2Q", None),
    ("numbers", "/2023/numbers/", None),
    ("sign-in", "/sign-in", None),
    ("desk", "/desk/", OFFICER),
    ("desk-office", "/desk/", OFFICE),
    ("plan", "/desk/campaign/", OFFICE),
    ("plan-import", "/desk/campaign/readings/", OFFICE),
    ("outing-list", "/desk/outings/", OFFICER),
    ("calendars", "/desk/outings/calendars/", OFFICER),
    ("feedback", "/desk/feedback/", OFFICER),
    ("search", "/desk/search/?q=ea tul", OFFICE),
    ("behind", "/desk/rounds/behind/", OFFICE),
    ("records", "/desk/records/", OFFICER),
    ("figures", "/desk/figures/", OFFICE),
    ("figure", "/desk/figures/assists/?by=district", OFFICE),
    ("board", "/desk/boards/campaign/", OFFICE),
    ("board-bottlenecks", "/desk/boards/bottlenecks/", OFFICE),
    ("indicators", "/desk/boards/indicators/", OFFICE),
    ("snapshots", "/desk/figures/snapshots/", OFFICE),
    ("reports", "/desk/reports/", OFFICE),
    ("report-check", "/desk/reports/check/", OFFICE),
    ("report-templates", "/desk/reports/templates/", OFFICE),
    ("reports-published", "/2023/reports/", None),
    ("forbidden", "/desk/campaign/readings/", OFFICER),
]
EMPTY: list[tuple[str, str, str | None]] = [("home-empty", "/", None), ("campaign-empty", "/2023/", None)]


@contextmanager
def server(*, demo: bool) -> Iterator[str]:
    """Run raquan in a home of its own and give its address."""
    home = tempfile.mkdtemp(prefix="raquan-figures-")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"RAQUAN_HOME": home, "PORT": str(port)}
    environment.pop("RAQUAN_PUBLIC_URL", None)
    subprocess.run([RAQUAN, "migrate"], env=environment, check=True)
    if demo:
        subprocess.run([RAQUAN, "demo", "load"], env=environment, check=True)
    process = subprocess.Popen([RAQUAN, "serve"], env=environment)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address + "/healthz")
        yield address
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(home, ignore_errors=True)


def _wait(address: str) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(address, timeout=2).close()  # our own server on this machine
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"{address} does not answer")


def _sign_in(page: Page, address: str, login: str) -> None:
    page.goto(f"{address}/sign-in")
    page.fill("[name=login]", login)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/desk/**")


def take(browser: Browser, address: str, figures: list[tuple[str, str, str | None]]) -> None:
    """Take figures, each at both widths."""
    for login in sorted({one[2] or "" for one in figures}):
        for width, height in WIDTHS.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            if login:
                _sign_in(page, address, login)
            for name, path, who in figures:
                if (who or "") == login:
                    # boards never rest
                    page.goto(address + path, wait_until="load" if "/boards/" in path else "networkidle")
                    page.screenshot(path=FIGURES / f"{name}-{width}.png", full_page=width == 360)
                    print(f"{name}-{width}.png")
            page.close()


def main() -> None:
    """Take all figures, or those named on the command line."""
    FIGURES.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1:]

    def is_wanted(name: str) -> bool:
        return not wanted or name.startswith(tuple(wanted))

    if is_wanted("report-page"):
        report_figures.pages(FIGURES)
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        for demo, figures in ((True, FULL), (False, EMPTY)):
            has_field = demo and (not wanted or any(one.startswith("field") for one in wanted))
            if has_field or any(is_wanted(one[0]) for one in figures):
                with server(demo=demo) as address:
                    take(browser, address, [one for one in figures if is_wanted(one[0])])
                    if has_field:
                        field_figures.tour(browser, address, FIGURES, is_wanted)
        browser.close()


if __name__ == "__main__":
    main()
