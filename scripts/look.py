"""Takes a picture of every public page and the desk's first ones, in several worlds, to be looked at.

    python scripts/look.py FOLDER                  # all worlds
    python scripts/look.py FOLDER long thousand    # these
    python scripts/look.py FOLDER long --only news # of these the pages whose address has a word

Worlds: `demo` (the demo, with names as they are in Đắk Lắk), `nothing` (before any plan), `planned` (a plan, nothing
else), `one` (one of each thing), `thousand` (so many outings), `long` (one of each, under the longest names that
offices bear), `down` (the database is away). Each page at 360 and 1,280 px, and of `one` with letters of twice the
size, at 320 px, and as paper. A contact sheet of each lies beside them. Everything in these worlds is made up.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

WORLDS = ("demo", "nothing", "planned", "one", "thousand", "long", "down")
WIDTHS = {360: 740, 1280: 900}
RAQUAN = str(Path(sys.executable).parent / "raquan")
NOW = datetime(2023, 10, 5, 2, tzinfo=UTC)
LINK = re.compile(r'<a[^>]* href="([/?][^"#]*)')
HIGHEST = 6000
"""A picture of a page is cut there, in pixels."""

BARE = ("/", "/2023/", "/2023/outings/", "/guides/", "/help/", "/search/?q=cu mgar", "/no-such-page/", "/sign-in")
PLANNED = (
    *BARE,
    *("/2023/outings/?q=khong dau ca", "/2023/calendar/", "/2023/help-desks/", "/2023/offers/", "/2023/press/"),
    *("/2023/news/", "/2023/day/", "/2023/results/", "/2023/numbers/", "/2023/reports/", "/2023/feedback/"),
    *("/2023/widget/", "/places/", "/guides/answers/", "/2023/offers/register/"),
)
DESK = ("/desk/", "/desk/outings/", "/desk/records/", "/desk/help-desks/", "/desk/offers/", "/desk/press/")
LONG = (
    "Trung tâm Phục vụ hành chính công và Kiểm soát thủ tục hành chính {n} thuộc Văn phòng Hội đồng nhân dân và "
    "Ủy ban nhân dân huyện Krông Năng, tỉnh Đắk Lắk"
)
UNBROKEN = "https://dichvucong.daklak.gov.vn/vi/thu-tuc-hanh-chinh/" + "a" * 70


def main() -> None:
    """Take the pictures of the worlds that are named, each world in a process and a home of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("worlds", nargs="*", help="demo nothing planned one thousand long down; all when none is named")
    parser.add_argument("--only", default="")
    parser.add_argument("--home", default="", help="a home that holds the demo already")
    said = parser.parse_args()
    if os.environ.get("RAQUAN_LOOK"):
        look(said.folder, said.worlds[0], said.only)
        return
    for world in said.worlds or WORLDS:
        with tempfile.TemporaryDirectory(prefix="raquan-look-") as made:
            home = said.home or made
            environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_URL")}
            environment |= {"RAQUAN_HOME": home, "RAQUAN_BENCH_HOME": home, "RAQUAN_LOOK": "1"}
            again = [sys.executable, __file__, str(said.folder), world, "--only", said.only]
            if world == "demo" and not said.home:
                for command in (["migrate"], ["demo", "load", "--assists", "3000"]):
                    subprocess.run([RAQUAN, *command], env=environment, check=True)
            subprocess.run(again, env=environment, check=True)


def look(folder: Path, name: str, only: str) -> None:
    """Make a world in this process and take its pictures."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "raquan.config.settings")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    import django

    django.setup()
    from raquan.ui.tests.test_in_a_browser import launch

    target = folder / name
    target.mkdir(parents=True, exist_ok=True)
    pages = {where: page for where, page in _pages(name) if only in where}
    with launch() as browser:
        for width, height in WIDTHS.items():
            _take(browser, pages, target, str(width), {"width": width, "height": height})
        if name == "one":
            _take(
                browser, pages, target, "large", {"width": 360, "height": 740}, style="html{font-size:200%!important}"
            )
            _take(browser, pages, target, "320", {"width": 320, "height": 256})
            _take(browser, pages, target, "paper", {"width": 673, "height": 1000}, paper=True)


def _pages(name: str) -> Iterator[tuple[str, bytes]]:
    """Ask for the pages of a world: public ones as nobody, the desk's as the steering office's officer."""
    from django.test import Client

    if name == "demo":
        _prepare(has_plan=False)
        yield from _found_from("/")
        return
    if name == "down":
        _prepare(has_plan=False)
        with _database_away():
            for where in BARE:
                yield where, Client(raise_request_exception=False).get(where, secure=True).content
        return
    if name in ("nothing", "planned"):
        _prepare(has_plan=name == "planned")
        for where in BARE if name == "nothing" else PLANNED:
            yield where, Client().get(where, secure=True).content
        return
    from tests.matrix.shown import public_pages

    world = _fill(name)
    yield from public_pages(world).items()
    office = world.visitors["steering_officer@whole"].client
    for where in DESK:
        yield where, office.get(where, secure=True).content


def _found_from(start: str) -> Iterator[tuple[str, bytes]]:
    """Follow the links of the public site, and give one page of each kind of address."""
    from django.http import Http404
    from django.test import Client
    from django.urls import resolve
    from tests.matrix.shown import is_page

    client, waiting, asked, kinds = Client(), [start], {start}, set()
    while waiting:
        where = waiting.pop(0)
        try:
            kind = resolve(where.partition("?")[0]).route + ("?" if "?" in where else "")
        except Http404:
            continue
        if kind in kinds or kind.startswith(("en/", "desk/", "field/")):
            continue
        kinds.add(kind)
        answer: Any = client.get(where, secure=True)
        if is_page(answer):
            yield where, answer.content
            links = [unescape(one) for one in LINK.findall(answer.content.decode())]
            links = [where.partition("?")[0] + one if one.startswith("?") else one for one in links]
            fresh = [one for one in dict.fromkeys(links) if one not in asked]
            asked.update(fresh)
            waiting += fresh


def _prepare(*, has_plan: bool) -> None:
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    from raquan.campaign import commands as campaigns
    from raquan.catalogue import commands as catalogue
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM
    from raquan.places import commands as places

    setup_test_environment(debug=False)  # lets the client name its host
    clock.install_offset(NOW - clock.real_now())
    call_command("migrate", verbosity=0)
    if has_plan:
        paper = ROOT / "examples" / "ke-hoach-138-2023.docx"
        places.load_packaged_units(by=SYSTEM, now=NOW)
        catalogue.load_catalogue(by=SYSTEM, now=NOW)
        campaigns.import_plan(by=SYSTEM, now=NOW, document=paper.read_bytes(), file_name=paper.name, synthetic=True)


def _fill(name: str) -> Any:
    from bench.pages import fill

    from raquan.search.commands import refresh

    world = fill(1000 if name == "thousand" else 0, 300 if name == "thousand" else 0, province=name == "thousand")
    if name == "long":
        _lengthen()
    while refresh():
        pass
    return world


def _lengthen() -> None:
    """Give everything that has a name the longest that offices bear, past the commands: it is only looked at."""
    from django.apps import apps

    for model, names in (
        ("outings.Site", ("name", "address")),
        ("people.Organization", ("name",)),
        ("market.Offer", ("title", "terms", "how_to_use")),
        ("press.Publication", ("title", "lead")),
        ("press.ProgrammeItem", ("what", "place", "who")),
        ("feedback.Feedback", ("text",)),
    ):
        found = apps.get_model(model)
        known = {one.name: getattr(one, "max_length", None) for one in found._meta.get_fields()}
        for n, row in enumerate(found.objects.all()):
            text = LONG.format(n=n + 1)
            words = {
                one: (text if k < 2 else f"{text} {UNBROKEN}")[: known[one] or 400]
                for k, one in enumerate(names)
                if one in known
            }
            found.objects.filter(pk=row.pk).update(**words)


@contextmanager
def _database_away() -> Iterator[None]:
    """Let every question to the database fail, as it does when the disk or the network is gone."""
    from unittest.mock import patch

    from django.db import OperationalError
    from django.db.backends.utils import CursorWrapper

    with patch.object(CursorWrapper, "execute", side_effect=OperationalError("the database is away")):
        yield


def _take(
    browser: Any,
    pages: Mapping[str, bytes],
    target: Path,
    kind: str,
    size: Mapping[str, int],
    *,
    style: str = "",
    paper: bool = False,
) -> None:
    from tests.matrix.shown import address, serve

    context = browser.new_context(viewport=size, bypass_csp=True)
    page = context.new_page()
    page.route("**/*", lambda route: serve(route, pages))
    files = []
    for number, where in enumerate(pages):
        page.goto(address(where))
        page.evaluate("document.fonts.ready.then(() => 0)")
        if style:
            page.add_style_tag(content=style)
        page.emulate_media(media="print" if paper else "screen")
        slug = "".join(sign if sign.isalnum() else "-" for sign in where).strip("-") or "home"
        file = target / f"{kind}-{number:02d}-{slug[:60]}.png"
        high = min(page.evaluate("document.documentElement.scrollHeight"), HIGHEST)
        page.screenshot(path=file, full_page=True, clip={"x": 0, "y": 0, "width": size["width"], "height": high})
        files.append(file)
    context.close()
    sheet = target.parent / f"{target.name}-{kind}.png"
    _contact_sheet(files, sheet, columns=8 if size["width"] < 1000 else 4, wide=240 if size["width"] < 1000 else 480)
    print(f"{target.name} {kind}: {len(files)} pages")


def _contact_sheet(files: list[Path], target: Path, *, columns: int, wide: int, high: int = 560) -> None:
    """Lay pictures side by side, small, their names above them."""
    from PIL import Image, ImageDraw

    small = []
    for file in files:
        one = Image.open(file).convert("RGB")
        height = max(1, round(one.height * wide / one.width))
        small.append(one.resize((wide, height)).crop((0, 0, wide, min(height, high))))
    rows = [small[first : first + columns] for first in range(0, len(small), columns)]
    heights = [max(one.height for one in row) + 22 for row in rows]
    sheet = Image.new("RGB", (columns * (wide + 8), sum(heights)), "#888888")
    draw = ImageDraw.Draw(sheet)
    for number, one in enumerate(small):
        x, y = number % columns * (wide + 8), sum(heights[: number // columns])
        draw.text((x + 4, y + 4), files[number].stem[: wide // 7], fill="white")
        sheet.paste(one, (x, y + 20))
    sheet.save(target)


if __name__ == "__main__":
    main()
