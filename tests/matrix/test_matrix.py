"""An officer sees and touches nothing of another unit: not by page, fragment, export, search, interface or guess."""

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any
from zlib import crc32

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from raquan.capture.queries import DEVICE_NUMBERS
from raquan.capture.rules import RecordFilter
from raquan.exchange import commands as exchange
from raquan.exchange.rules import ExportKind
from raquan.people.middleware import may_open
from raquan.people.rules import Action, may
from raquan.ui.access import Access, access_of
from tests.architecture.test_routes import routes
from tests.matrix.case import Case, Write
from tests.matrix.cases import CASES
from tests.matrix.conftest import NOW
from tests.matrix.exhibitions import organizes_or_owns
from tests.matrix.plans import WAYS as PLAN_WAYS
from tests.matrix.rounds import DECIDES, READS, WRITES
from tests.matrix.world import Visitor, World
from tests.thorough import THOROUGH

pytestmark = pytest.mark.django_db

ROUTES: Mapping[str, Access | None] = {address: access_of(view) for address, view in routes(get_resolver())}
FRAGMENT = {"HX-Request": "true"}
PROBING = ("unit_officer@other", "mixed")
"""Who tries every route. Of the others one who may and one who may not try each, others each; all, when thorough."""

KINDS = {
    b"{": "application/json",
    b"<": "text/xml",
    b"PK": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WAYS = ("whole", "manages", "assigns", "publishes", "sends", "attaches")
REPORTS = {
    READS: (Action.REPORT_WRITE, Action.REPORT_DECIDE),
    WRITES: (Action.REPORT_WRITE,),
    DECIDES: (Action.REPORT_DECIDE,),
}


def test_every_route_has_its_case() -> None:
    assert set(CASES) == set(ROUTES), "tests/matrix/cases.py says of each route with what it is tried, and who may"


def test_every_change_has_its_try(world: World) -> None:
    missing = {}
    for route, case in CASES.items():
        answer = ask(world, world.visitors["steering_officer@whole"], route, case, method="TRACE")
        allowed = {one.strip() for one in answer.headers.get("Allow", "").split(",")} - {"", "GET", "HEAD", "OPTIONS"}
        if left := allowed - {write.method for write in case.writes}:
            missing[route] = left
    assert missing == {}


def test_declarations_keep_out_whom_they_should(world: World) -> None:
    """Hold every role in every place to what each page declares; `test_reading` asks for the pages themselves."""
    for route, case in CASES.items():
        if not route.startswith(("v1/", "api/")):
            for visitor in world.visitors.values():
                allowed = lets_in(world, visitor, route, replace(case, lets_in=()))
                found = may_open(visitor.actor, address_of(world, visitor, route, case))
                assert found is allowed, f"{visitor.name} {route}"


@pytest.mark.parametrize("route", CASES)
def test_reading(world: World, route: str) -> None:
    case = CASES[route]
    if case.get is None:
        return
    for visitor in visitors(world, route):
        allowed = reads(world, visitor, route, case)
        for query, is_fragment in ways(route, case, visitor):
            answer = ask(world, visitor, route, case, query=query, headers=FRAGMENT if is_fragment else {})
            where = f"{visitor.name} GET {route}{query}{' as a fragment' if is_fragment else ''}"
            if allowed:
                assert answer.status_code == case.get, where
            else:
                assert answer.status_code in (302, 401, 403, 404), f"{where}: {answer.status_code}"
            text = words(answer)
            hold_back(world, visitor, answer, text)
            for name in case.shows if allowed and not is_fragment else ():
                mark = world.marks[name]
                assert (mark.text in text) is mark.may_see(visitor, world), f"{where}: {name}"


@pytest.mark.parametrize("route", [route for route, case in CASES.items() if case.writes])
def test_changing(world: World, route: str) -> None:
    case = CASES[route]
    for write in case.writes:
        done = 0
        for visitor in visitors(world, route):
            allowed = does(world, visitor, route, case, write)
            where = f"{visitor.name} {write.method} {route}"
            with transaction.atomic(), CaptureQueriesContext(connection) as asked:
                answer = ask(world, visitor, route, case, query=write.query, method=write.method, write=write)
                text = words(answer)
                transaction.set_rollback(True)
            hold_back(world, visitor, answer, text)
            written = [one["sql"] for one in asked if re.match(r"(INSERT|UPDATE|DELETE)\b", one["sql"])]
            if allowed and not write.keeps:
                assert answer.status_code < 400, f"{where}: {answer.status_code} {said(text)}"
                assert written, where
                done += 1
            elif not allowed:
                assert answer.status_code in (302, 401, 403, 404, 409, 422), f"{where}: {answer.status_code}"
                assert not written, f"{where}: {written[:2]}"
        assert done or write.keeps or write.owner == "its phone", "nobody could: it proves nothing"


@pytest.mark.parametrize("kind", list(ExportKind))
def test_exports_hold_the_own_rows_alone(world: World, kind: ExportKind) -> None:
    for name in ("unit_officer@own", "unit_officer@other", "officer@place", "steering_officer@whole"):
        visitor = world.visitors[name]
        with transaction.atomic():
            export = exchange.start_export(by=visitor.actor, now=NOW, kind=kind, filters=RecordFilter())
            exchange.run_export(now=NOW, export_id=export)
            visitor.client.cookies.update(visitor.cookies)
            answer = visitor.client.get(f"/desk/exchange/exports/{export}/file/")
            text = words(answer)  # type: ignore[arg-type]  # the client's answer is one
            transaction.set_rollback(True)
        hold_back(world, visitor, answer, text)  # type: ignore[arg-type]
        for unit in ("own", "other"):
            mark = world.marks[f"{unit} instance"]
            assert (mark.text in text) == mark.may_see(visitor, world), f"{name} {kind} {unit}"


def ways(route: str, case: Case, visitor: Visitor) -> Iterator[tuple[str, bool]]:
    """Give what is asked for behind the address, and whether as htmx does: all of it by the other unit's officer."""
    yield case.queries[0], False
    if THOROUGH or visitor.name == PROBING[0]:
        if route.startswith("desk/"):
            yield case.queries[0], True
        yield from ((query, False) for query in case.queries[1:])


def visitors(world: World, route: str) -> list[Visitor]:
    """Give who tries a route: phones the doors of phones, people the others."""
    case = CASES[route]
    phones = route.startswith(("v1/key/", "api/field/"))
    found = [one for one in world.visitors.values() if bool(one.key) is phones]
    if THOROUGH or phones:
        return found
    probing = [one for one in found if one.name in PROBING[: 1 if case.is_slow else 2]]
    others = [one for one in found if one not in probing]
    able = [[one for one in others if does(world, one, route, case, write)] for write in case.writes]
    able += [[one for one in others if reads(world, one, route, case)]]
    unable = [one for one in others if not reads(world, one, route, case)]
    chosen = [*probing, *(_one(some, route) for some in [*able, unable] if some)]
    return list({one.name: one for one in chosen}.values())


def _one(found: list[Visitor], route: str) -> Visitor:
    return found[crc32(route.encode()) % len(found)]


def reads(world: World, visitor: Visitor, route: str, case: Case) -> bool:
    """Tell whether a visitor may read what is at a route."""
    return lets_in(world, visitor, route, case) and reaches(world, visitor, case.action, case.owner)


def does(world: World, visitor: Visitor, route: str, case: Case, write: Write) -> bool:
    """Tell whether a visitor may make a change at a route."""
    asked = replace(case, lets_in=()) if write.owner in WAYS else case
    return lets_in(world, visitor, route, asked) and may_write(world, visitor, write)


def lets_in(world: World, visitor: Visitor, route: str, case: Case) -> bool:
    """Tell whether a route's declaration, or its door, lets a visitor in."""
    if case.is_public:
        return True
    access = ROUTES[route]
    if not visitor.actor.is_signed_in:
        return False
    if access and access.action and not may(visitor.actor, Action(access.action)):
        return False
    return not case.lets_in or any(may(visitor.actor, action) for action in case.lets_in)


def reaches(world: World, visitor: Visitor, action: Action | None, owner: str) -> bool:
    """Tell whether the unit's thing is the visitor's to have."""
    if owner in REPORTS:
        return any(world.covers(visitor.actor, action) for action in REPORTS[owner])
    if owner in PLAN_WAYS:
        return any(world.covers(visitor.actor, action) for action in PLAN_WAYS[owner])
    if owner == "whole":
        return not {(one.organization_id, one.place_code) for one in visitor.actor.duties}.isdisjoint({(None, None)})
    if owner == "organizes or owns":
        return organizes_or_owns(world, visitor)
    if owner == "manages it":
        return world.covers(visitor.actor, Action.PEOPLE_MANAGE) and "@place" not in visitor.name
    if owner:
        return visitor.name == owner
    return action is None or world.covers(visitor.actor, action)


def may_write(world: World, visitor: Visitor, write: Write) -> bool:
    """Tell whether a change is the visitor's to make."""
    everywhere = any(one.organization_id is None and one.place_code is None for one in visitor.actor.duties)
    manages = may(visitor.actor, Action.PEOPLE_MANAGE)
    placed = any(one.place_code is not None for one in visitor.actor.duties)
    ways = {
        "whole": everywhere,
        # An app user is made for the whole of a unit, or for all: not for some part of it.
        "manages": manages and not placed,
        "manages it": manages and not placed and world.covers(visitor.actor, Action.PEOPLE_MANAGE),
        "assigns": may(visitor.actor, Action.FORM_PUBLISH) and world.covers(visitor.actor, Action.PEOPLE_READ),
        "publishes": may(visitor.actor, Action.FORM_PUBLISH),
        "sends": may(visitor.actor, Action.SUBMISSION_SEND),
        "attaches": may(visitor.actor, Action.SUBMISSION_SEND) and world.covers(visitor.actor, Action.RECORD_READ),
        "its phone": False,
    }
    if write.owner in ways:
        return ways[write.owner]
    return reaches(world, visitor, write.action, write.owner)


def address_of(world: World, visitor: Visitor, route: str, case: Case) -> str:
    """Fill a route's address in with the things of the first unit."""
    own = {"year": 2023, "key": visitor.key, "central_user": world.things["app_user"] + DEVICE_NUMBERS} | world.things
    fills = {name: own.get(str(value), value) for name, value in case.fills.items()}
    known = {name: str(value).format(**own) for name, value in (own | fills).items()}
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: known[found[1]], route)


def ask(
    world: World,
    visitor: Visitor,
    route: str,
    case: Case,
    *,
    query: str = "",
    method: str = "GET",
    headers: Mapping[str, str] = {},
    write: Write | None = None,
) -> HttpResponse:
    """Send a visitor's request to a route, its address made of the things of the first unit."""
    address = address_of(world, visitor, route, case) + query.format(**world.things)
    sent = dict(headers)
    if route.startswith("v1/"):
        sent |= {"X-OpenRosa-Version": "1.0"} | ({"Authorization": f"Bearer {visitor.token}"} if visitor.token else {})
    if route.startswith("api/field/"):
        sent["Authorization"] = f"Bearer {visitor.key}"
    client = visitor.client
    kept = {} if route.startswith(("v1/", "api/")) else visitor.cookies  # signing out is forgotten with its answer
    client.cookies.clear()
    client.cookies.update(kept)
    body = write.body(world) if write and callable(write.body) else write.body if write else {}
    more: dict[str, Any] = {}
    if isinstance(body, bytes):
        kind = next((kind for start, kind in KINDS.items() if body.startswith(start)), "application/octet-stream")
        more = {"data": body, "content_type": kind}
    elif method == "POST":
        more = {"data": body}
    answer: HttpResponse = getattr(client, method.lower())(address, headers=sent, secure=True, **more)
    return answer


def words(answer: HttpResponse) -> str:
    """Give all that an answer says: its body, what is packed in it, and its headers."""
    data: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            data = b"\n".join(packed.read(name) for name in packed.namelist())
    if answer.headers.get("Content-Type") == "application/json":
        data = json.dumps(json.loads(data), ensure_ascii=False).encode()
    return data.decode(errors="replace") + str(answer.headers)


def said(text: str) -> str:
    """Give what a refusal says, without its page."""
    return " ".join(re.sub(r"<[^>]+>", " ", text.partition("<main")[2] or text).split())[:600]


def hold_back(world: World, visitor: Visitor, answer: HttpResponse, text: str) -> None:
    """Fail when an answer holds a mark that the visitor may not see; what stands in the address, they knew before."""
    asked: Mapping[str, str] = answer.request  # type: ignore[attr-defined]
    leaked = [
        name
        for name, mark in world.marks.items()
        if mark.text in text and mark.text not in asked["PATH_INFO"] and not mark.may_see(visitor, world)
    ]
    assert not leaked, f"{visitor.name} {asked['REQUEST_METHOD']} {asked['PATH_INFO']}: {leaked}"
