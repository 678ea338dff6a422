"""Artwork for many units: how long a run over 300 of them takes for each printed design, as a worker makes it.

    python -m bench.outreach [--units 300] [--format pdf] [--designs banner,poster]

Seconds of a whole run (batches, kept files, the archive; SQLite in a home of its own), CPU beside them, and what came
of it. The promise is 60 s for each design.
"""

import argparse
import io
import time
import zipfile
from typing import Any
from uuid import uuid4

from bench.machinery import world as home  # noqa: F401 - settles in a home of its own

WITHIN_SECONDS = 60
SLOGAN = {
    "vi": "Phổ cập hạ tầng số và sáng tạo ứng dụng số để phát triển kinh tế số, buôn làng cùng tiến bước",
    "rad": "Čih ƀuôn ơ̆ ư̆ ê̆ ŏ ĭ ŭ",
}
DOER = "Sở Khoa học và Công nghệ tỉnh Đắk Lắk, 08 Lý Thái Tổ, phường Buôn Ma Thuột"


def fill(units: int) -> Any:
    """Make a campaign with so many units; give the time, the campaign's id, an organization's, a slogan's."""
    import django

    django.setup()
    from datetime import UTC, datetime

    from django.core.management import call_command

    from raquan.capture.tests.world import make_field
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM
    from raquan.outreach import commands, queries
    from raquan.people.commands import register_organization
    from raquan.people.rules import Level

    now = datetime(2023, 10, 5, 2, tzinfo=UTC)
    clock.install_offset(now - clock.real_now())
    call_command("migrate", verbosity=0)
    field = make_field(now)
    for number in range(units - len(queries.units())):
        name = f"Ủy ban nhân dân xã Cư M’gar thứ {number + 1}, tỉnh Đắk Lắk"
        register_organization(by=SYSTEM, now=now, name=name, level=Level.COMMUNE)
    kit = commands.KitTexts("Ngày Chuyển đổi số 10/10", "UBND tỉnh Đắk Lắk", DOER, "Quét mã để tìm nơi hỗ trợ gần nhà")
    commands.set_kit(by=SYSTEM, now=now, campaign_id=field.campaign_id, said=kit, seen=0)
    slogan = commands.add_slogan(by=SYSTEM, now=now, request_id=uuid4(), campaign_id=field.campaign_id, texts=SLOGAN)
    return now, field.campaign_id, field.cumgar_id, slogan


def run(code: str, format_name: str, now: Any, campaign_id: Any, organization_id: Any, slogan_id: Any) -> None:
    """Approve an artwork of a design, make it for all units, and print what it took."""
    from datetime import date

    from raquan.files.queries import read_file
    from raquan.kernel.actor import SYSTEM
    from raquan.outreach import commands, queries
    from raquan.outreach.rules import Draft, Format

    by: dict[str, Any] = {"by": SYSTEM, "now": now}
    days = (date(2023, 10, 1), date(2023, 10, 15))
    draft = Draft(code, code, *days, second="rad", line="Không mất tiền.", is_for_units=True)
    whose = {"campaign_id": campaign_id, "organization_id": organization_id, "slogan_id": slogan_id}
    artwork_id = commands.draft_artwork(**by, **whose, request_id=uuid4(), draft=draft)
    commands.submit_artwork(**by, artwork_id=artwork_id, seen=1)
    commands.approve_artwork(**by, artwork_id=artwork_id, seen=2)
    run_id = commands.start_artwork_run(**by, artwork_id=artwork_id, format_=Format(format_name))
    wall, cpu = time.perf_counter(), time.process_time()
    while commands.run_artwork(now=now, run_id=run_id):
        pass
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    done = queries.run(SYSTEM, run_id)
    with zipfile.ZipFile(io.BytesIO(read_file(done.zip_sha256))) as package:
        files, size = len(package.namelist()), sum(one.file_size for one in package.infolist())
    verdict = "within" if wall <= WITHIN_SECONDS else "over"
    print(
        f"{code:12} {files:4} files {size / files / 1024:6.1f} KB each {wall:6.1f} s {cpu:6.1f} s CPU  {verdict}",
        flush=True,
    )


def main() -> None:
    """Run it for each design that has the format."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--units", type=int, default=300)
    parser.add_argument("--format", default="pdf")
    parser.add_argument("--designs", default="")
    said = parser.parse_args()
    world = fill(said.units)
    from raquan.outreach.queries import designs

    wanted = set(said.designs.split(",")) - {""}
    for one in designs():
        if said.format in {each.value for each in one.formats} and (not wanted or one.code in wanted):
            run(one.code, said.format, *world)


if __name__ == "__main__":
    main()
