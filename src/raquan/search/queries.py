"""What may be asked of the index: what fits the words that were typed, of what the actor may see."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from raquan.kernel.actor import Actor, ActorKind
from raquan.kernel.paging import Page, window
from raquan.kernel.refused import NotAllowed, NotFound
from raquan.search.models import Entry, Touched, Word
from raquan.search.rules import Kind, Typed, last_word, read_typed

KINDS: dict[str, Kind] = {}
"""The kinds of things, by key; `commands.offer` fills it as the process starts."""

PAGE_SIZE = 20
BEST = 5
"""So many of each kind stand on the page of all kinds."""

MOST_FOUND = 1000
"""Who finds more than so many things needs another word, not another page."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found; `kind_name` is a message id. What is listed has no page that leads to its history."""

    kind: str
    kind_name: str
    object_id: UUID
    title: str
    line: str
    href: str
    at: datetime | None
    is_listed: bool


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of a kind: how many, and the best of them where no single kind was asked for."""

    key: str
    name: str
    count: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: the kinds, that of the best hit first, and the page of the one kind that was asked for.

    `is_cut` tells that more would fit: MOST_FOUND of them were looked at.
    """

    groups: tuple[Group, ...] = ()
    hits: Page[Hit] | None = None
    total: int = 0
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing that the actor may see; `acts` are the subjects and ids in the ledger that make up its history."""

    kind: str
    kind_name: str
    title: str
    href: str
    acts: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """Which entries somebody may see, asked of `each` entry or selecting `all` of them; `is_wide` means most."""

    each: Q
    all: Q
    is_wide: bool


PUBLIC = Reach(~Q(public_href=""), ~Q(public_href=""), is_wide=True)


def find(actor: Actor, text: str, *, kind: str = "", page: int = 1, size: int = PAGE_SIZE) -> Found:
    """Find what fits a text among what the actor may see: all its words, the last one begun.

    The best first: the very code, then words with the very marks that were typed, a code or a title that begins so,
    all words in the title; among equals the newer one. Four queries, seven where a kind has to be looked for alone,
    besides those by which rooms know who may see what.
    """
    typed = read_typed(text)
    if not typed.terms:
        return Found()
    return _found(typed, lambda only: _reach_of(actor, only), kind, page, size)


def find_public(text: str, *, kind: str = "", page: int = 1, size: int = PAGE_SIZE) -> Found:
    """Find what fits a text among what everybody may see, with addresses of public pages; as `find` does otherwise."""
    typed = read_typed(text)
    if not typed.terms:
        return Found()
    return _found(typed, lambda only: PUBLIC, kind, page, size)


def _found(typed: Typed, reach: Callable[[str], Reach], kind: str, page: int, size: int) -> Found:
    among = reach("")
    ranked, is_cut = _candidates(among, typed)
    counted, total = Counter(of for _id, of in ranked), len(ranked)
    if kind:
        again, of_kind_is_cut = _candidates(reach(kind), typed) if is_cut else (ranked, False)
        ranked = [one for one in again if one[1] == kind]
        is_cut = of_kind_is_cut
    best = {of: [id_ for id_, its in ranked if its == of][:BEST] for of in counted} if not kind else {}
    ids = [id_ for id_, _of in ranked[window(page, size)]] if kind else [one for some in best.values() for one in some]
    hits = {row.pk: _hit(row, is_public=among is PUBLIC) for row in Entry.objects.filter(id__in=ids)} if ids else {}
    return Found(
        groups=tuple(
            Group(of, KINDS[of].name, count, tuple(hits[one] for one in best.get(of, ()) if one in hits))
            for of, count in counted.items()
        ),
        hits=Page([hits[one] for one in ids if one in hits], max(page, 1), size, len(ranked)) if kind else None,
        total=total,
        is_cut=is_cut,
    )


def thing(actor: Actor, kind: str, object_id: UUID) -> Thing:
    """Give a thing by its kind and id. Raises NotFound where there is none that the actor may see."""
    of = KINDS.get(kind)
    seen = _seen(of, actor) if of else False
    if of is None or seen is False:
        raise NotFound()
    rows = (of.rows() if seen is True else seen).filter(pk=object_id)
    entry = next(iter(of.entries(of.rows().filter(pk__in=rows.values("pk")))), None)
    if entry is None:
        raise NotFound()
    acts: dict[str, Any] = {of.subject: (object_id,)} | dict(of.acts(actor, object_id))
    said = tuple((subject, tuple(str(one) for one in ids)) for subject, ids in acts.items())
    return Thing(kind, of.name, entry.title, entry.href, said)


def is_behind() -> bool:
    """Tell whether something was touched that was not read again yet; cheap enough to ask every second."""
    return Touched.objects.exists()


def _seen(kind: Kind, actor: Actor) -> Any:
    """Ask a room which of its things an actor may see."""
    try:
        return kind.readable(actor)
    except NotAllowed:
        return False


def _candidates(reach: Reach, typed: Typed) -> tuple[list[tuple[int, str]], bool]:
    """Give the entries in reach with all the words, ids with kinds, the best first, and whether that is not all."""
    begun = typed.terms[-1]
    words = [*sorted(set(typed.terms[:-1]) - {begun}), begun]
    counts = _counts([(word, last_word(word) if word == begun else word) for word in words])
    if not min(counts):
        return [], False
    if min(counts) == MOST_FOUND and not reach.is_wide:
        found = _from_the_own(reach, words)
    else:
        found = _from_the_rarest(reach, words, counts)
    ids = list(found[: MOST_FOUND + 1])
    ranked = Entry.objects.filter(id__in=ids[:MOST_FOUND]).annotate(rank=_rank(typed))
    ranked = ranked.order_by("-rank", F("at").desc(nulls_last=True), "title_key", "id")
    return list(ranked.values_list("id", "kind")) if ids else [], len(ids) > MOST_FOUND


def _from_the_rarest(reach: Reach, words: Sequence[str], counts: Sequence[int]) -> Any:
    """Select entries by their rarest word, so that a common one ("xã") costs nothing beside another.

    What is asked of an entry is asked in subqueries: a database that joined them would begin with all that there is.
    """
    rarest = words[counts.index(min(counts))]
    found = _with(rarest, words[-1]).order_by("-word", "-entry_id")
    for word in words:
        if word != rarest:
            found = found.filter(Exists(_with(word, words[-1]).filter(entry_id=OuterRef("entry_id"))))
    here = Entry.objects.filter(reach.each, pk=OuterRef("entry_id"))
    return found.filter(Exists(here)).values_list("entry_id", flat=True)


def _from_the_own(reach: Reach, words: Sequence[str]) -> Any:
    """Select entries by what the actor may see: who sees little among much finds it sooner than by a common word."""
    found = Entry.objects.filter(reach.all).order_by("-id")
    for word in words:
        found = found.filter(Exists(_with(word, words[-1]).filter(entry_id=OuterRef("pk"))))
    return found.values_list("id", flat=True)


def _reach_of(actor: Actor, only: str) -> Reach:
    """Ask the rooms what the actor may see: the very query sets that their own pages stand on, or True for all."""
    each, every = Q(pk__in=[]), Q(pk__in=[])
    for kind in KINDS.values():
        seen = _seen(kind, actor) if kind.is_found and only in ("", kind.key) else False
        if seen is True:
            each, every = each | Q(kind=kind.key), every | Q(kind=kind.key)
        elif seen is not False:
            each |= Q(Exists(seen.filter(pk=OuterRef("object_id"))), kind=kind.key)
            every |= Q(kind=kind.key, object_id__in=seen.values("pk"))
    everywhere = any(one.organization_id is None and one.place_code is None for one in actor.duties)
    return Reach(each, every, everywhere or actor.kind is ActorKind.SYSTEM)


def _with(word: str, begun: str) -> QuerySet[Word]:
    if word == begun:
        return Word.objects.filter(word__gte=word, word__lte=last_word(word))
    return Word.objects.filter(word=word)


def _counts(ranges: Sequence[tuple[str, str]]) -> list[int]:
    """Count the entries with each range of words, up to MOST_FOUND, in one query."""
    one = "(SELECT COUNT(*) FROM (SELECT 1 FROM search_word WHERE word >= %s AND word <= %s LIMIT %s) counted)"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join([one] * len(ranges)), [said for pair in ranges for said in (*pair, MOST_FOUND)]
        )
        return list(cursor.fetchone())


def _rank(typed: Typed) -> Any:
    in_title, with_marks = Q(), Q()
    for term in typed.terms:
        in_title &= Q(title_key__contains=f" {term}")
    for word in typed.marked:
        with_marks &= Q(spoken_key__contains=f" {word}")
    rank = _worth(Q(code=typed.code), 32) + _worth(Q(title_key__startswith=f" {typed.title}"), 8)
    rank += _worth(in_title, 4) + _worth(in_title & Q(title_key__contains=f" {typed.terms[-1]} "), 2)
    if any(sign.isdigit() for sign in typed.code):  # the beginning of a number or a code
        rank += _worth(Q(code__startswith=typed.code), 10)
    return rank + _worth(with_marks, 16) if typed.marked else rank


def _worth(condition: Q, points: int) -> Any:
    return Case(When(condition, then=Value(points)), default=Value(0), output_field=IntegerField())


def _hit(row: Entry, *, is_public: bool) -> Hit:
    href = row.public_href if is_public else row.href
    of = KINDS[row.kind]
    return Hit(row.kind, of.name, row.object_id, row.title, row.line, href, row.at, of.is_listed and not is_public)
