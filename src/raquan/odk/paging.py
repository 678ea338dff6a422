"""Reads rows page after page and writes them as they come, so that a long table needs little memory."""

import json
from collections.abc import Iterable, Iterator
from itertools import chain

from django.core.serializers.json import DjangoJSONEncoder
from django.http import StreamingHttpResponse

from raquan.capture import queries
from raquan.capture.queries import Condition, RowView
from raquan.kernel.actor import Actor
from raquan.odk.central import Json

CHUNK = 250
"""How many rows are asked for at once."""

BLOCK = 32 * 1024
"""How many letters are sent at once: each block is compressed and sent by itself."""


def all_rows(
    actor: Actor,
    form_id: str,
    year: int,
    *,
    where: Condition | None = None,
    below: int | None = None,
    skip: int = 0,
    top: int | None = None,
) -> Iterator[RowView]:
    """Give rows one after another, at most `top`; what is refused is refused before the first."""

    def chunk(below: int | None, skip: int, limit: int) -> tuple[RowView, ...]:
        return queries.rows(actor, form_id, year, where=where, below=below, skip=skip, limit=limit)

    def rest(page: tuple[RowView, ...], asked: int, left: int | None) -> Iterator[RowView]:
        while True:
            yield from page
            left = None if left is None else left - len(page)
            if len(page) < asked or left == 0:
                return
            asked = _size(left)
            page = chunk(page[-1].number, 0, asked)

    first = _size(top)
    return rest(chunk(below, skip, first), first, top)


def _size(left: int | None) -> int:
    """Give how many rows to ask for: what is left, unless it is much more than a chunk."""
    return left if left is not None and left < 2 * CHUNK else CHUNK


def json_list(items: Iterable[Json]) -> StreamingHttpResponse:
    """Answer with a JSON list, item by item."""
    return json_stream(chain(["["], separated(items), ["]"]))


def json_stream(parts: Iterable[str]) -> StreamingHttpResponse:
    """Answer with JSON that is written as it is read."""
    return StreamingHttpResponse(_blocks(parts), content_type="application/json; charset=utf-8")


def _blocks(parts: Iterable[str]) -> Iterator[str]:
    """Join parts to blocks of some size."""
    block: list[str] = []
    size = 0
    for part in parts:
        block.append(part)
        size += len(part)
        if size >= BLOCK:
            yield "".join(block)
            block, size = [], 0
    yield "".join(block)


def separated(items: Iterable[Json]) -> Iterator[str]:
    """Write items with commas between them."""
    comma = ""
    for item in items:
        yield comma + write(item)
        comma = ","


def write(value: object) -> str:
    """Write a value as JSON, in its own letters."""
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
