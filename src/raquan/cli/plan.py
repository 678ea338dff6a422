"""Reading and importing plans from the command line."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from raquan.cli.main import start_django

if TYPE_CHECKING:
    from datetime import date

    from raquan.readings.commands import PlanUnderstood

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def plan() -> None:
    """Read a plan from a document or workbook; bring it into force.

    Example: raquan plan read examples/ke-hoach-138-2023.docx
    """


@plan.command()
@click.argument("file", type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Print what was read as JSON.")
def read(file: Path, as_json: bool) -> None:
    """Show what a document says without storing it.

    Example: raquan plan read examples/ke-hoach-138-2023.docx --json
    """
    import django

    django.setup()
    from raquan.kernel.refused import Refused
    from raquan.readings.commands import understand_plan

    try:
        understood = understand_plan(document=file.read_bytes(), file_name=file.name)
    except Refused as refusal:
        if not as_json:
            raise
        click.echo(_json({"refused": {"code": refusal.code, "message": refusal.text()}}))
        sys.exit(1)
    shape = _shape(understood)
    click.echo(_json(shape) if as_json else "\n".join(_lines(shape)))


@plan.command("import")
@click.argument("file", type=_FILE)
@click.option("--year", type=click.IntRange(2000, 2200), help="The campaign's year, where the document names none.")
def import_(file: Path, year: int | None) -> None:
    """Bring the plan of a document into force.

    Example: raquan plan import examples/ke-hoach-138-2023.docx
    """
    start_django()
    from raquan.campaign.commands import import_plan
    from raquan.kernel import clock
    from raquan.kernel.actor import SYSTEM

    done = import_plan(by=SYSTEM, now=clock.now(), document=file.read_bytes(), file_name=file.name, campaign_year=year)
    state = "Văn bản này đã được nhập từ trước" if done.already else "Đã nhập kế hoạch"
    click.echo(f"{state}: {done.tasks} nhiệm vụ, {done.leftovers} phần chưa xếp được.")


def _shape(understood: "PlanUnderstood") -> dict[str, Any]:
    """Give the reading in the shape that other programs rely on."""
    reading = understood.reading

    def units(names: tuple[str, ...]) -> list[dict[str, Any]]:
        found = [(name, understood.matches.get(name)) for name in names]
        return [
            {"written": name, "match": match.name if match else None, "score": match.score if match else None}
            for name, match in found
        ]

    return {
        "plan": {
            "number": reading.head.number,
            "title": reading.head.title,
            "issuer": reading.head.issuer,
            "issued_on": _iso(reading.head.issued_on),
            "theme": reading.theme,
            "starts_on": _iso(reading.starts_on),
            "ends_on": _iso(reading.ends_on),
        },
        "tasks": [
            {
                "path": task.path,
                "title": task.title,
                "lead_units": units(task.lead_units),
                "cooperating_units": units(task.cooperating_units),
                "starts_on": _iso(task.starts_on),
                "due_on": _iso(task.due_on),
                "deliverable": task.deliverable,
                "source": task.source,
            }
            for task in reading.tasks
        ],
        "leftovers": [{"source": one.source, "text": one.text} for one in reading.leftovers],
    }


def _lines(shape: dict[str, Any]) -> list[str]:
    """Tell the reading to a person."""
    head = shape["plan"]
    issued, starts, ends = (_day(head[one]) for one in ("issued_on", "starts_on", "ends_on"))
    lines = [
        f"Kế hoạch {head['number'] or '(không có số)'}: {head['title'] or '(không có tên)'}",
        f"Cơ quan ban hành: {head['issuer'] or '–'}, ngày {issued}",
        f"Chủ đề: {head['theme'] or '–'}",
        f"Thời gian: {starts} đến {ends}",
        f"Nhiệm vụ: {len(shape['tasks'])}",
    ]
    for task in shape["tasks"]:
        lines.append(f"  {task['path']}  {task['title']}  ({task['source']})")
        for name, part in (("chủ trì", "lead_units"), ("phối hợp", "cooperating_units")):
            told = [one["written"] + (f" → {one['match']}" if one["match"] else "") for one in task[part]]
            lines += [f"      {name}: {'; '.join(told)}"] if told else []
        lines.append(f"      thời gian: {_day(task['starts_on'])} đến {_day(task['due_on'])}")
        lines += [f"      sản phẩm: {task['deliverable']}"] if task["deliverable"] else []
    lines.append(f"Chưa xếp được: {len(shape['leftovers'])}")
    return lines + [f"  {one['source']}: {one['text']}" for one in shape["leftovers"]]


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)


def _day(iso: str | None) -> str:
    from raquan.kernel.dates import format_date, parse_date

    return format_date(parse_date(iso)) if iso else "–"


def _iso(day: "date | None") -> str | None:
    return day.isoformat() if day else None
