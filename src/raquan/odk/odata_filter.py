"""Reads $filter of OData: comparisons of system fields and answers, joined by and, or, not."""

import re
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from raquan.capture.queries import All, Answered, AnyOf, Column, Compare, Comparison, Condition, Not
from raquan.kernel.refused import N_, Refused

LONGEST = 4000
DEEPEST = 30

COLUMNS = {
    "__id": Column.ID,
    "__system/submissionDate": Column.RECEIVED_AT,
    "__system/updatedAt": Column.UPDATED_AT,
    "__system/submitterId": Column.SUBMITTER,
    "__system/reviewState": Column.REVIEW_STATE,
}
COMPARISONS = {
    "eq": Comparison.EQUAL,
    "ne": Comparison.EQUAL,
    "neq": Comparison.EQUAL,
    "lt": Comparison.LESS,
    "le": Comparison.AT_MOST,
    "gt": Comparison.MORE,
    "ge": Comparison.AT_LEAST,
}

TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')"
    # In an address a plus sign reads as a space.
    r"|(?P<moment>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+ -]\d\d:\d\d)?)?)"
    r"|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<word>\$?[^\W\d][\w.-]*(?:/[^\W\d][\w.-]*)*)"
    r"|(?P<bracket>[()]))"
)


class FilterUnreadable(Refused):
    """The filter is not written as OData is."""

    code = "filter.unreadable"
    message = N_("Không đọc được $filter ở gần “{near}”.")
    status = 400


class FilterUnsupported(Refused):
    """The filter asks for what we do not compare."""

    code = "filter.unsupported"
    message = N_("$filter chưa dùng được với “{what}”.")
    status = 501


def read_filter(text: str, questions: Collection[str]) -> Condition:
    """Read a filter over the system fields and a form's questions (their paths)."""
    if len(text) > LONGEST:
        raise FilterUnsupported(what="…")
    reader = _Reader(_tokens(text), questions)
    condition = reader.either(0)
    reader.expect_end()
    return condition


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise FilterUnreadable(near=text[at : at + 20])
        found.append((match.lastgroup, match[match.lastgroup]))
        at = match.end()
    return found


class _Reader:
    """Reads tokens from left to right: or binds weakest, then and, then not."""

    def __init__(self, tokens: list[tuple[str, str]], questions: Collection[str]) -> None:
        self.tokens, self.questions, self.at = tokens, questions, 0

    def either(self, depth: int) -> Condition:
        """Read parts that are joined by "or"."""
        if depth > DEEPEST:
            raise FilterUnsupported(what="(((…")
        parts = [self.both(depth)]
        while self.take("word", "or"):
            parts.append(self.both(depth))
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def both(self, depth: int) -> Condition:
        """Read parts that are joined by "and"."""
        parts = [self.one(depth)]
        while self.take("word", "and"):
            parts.append(self.one(depth))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def one(self, depth: int) -> Condition:
        """Read a comparison, a negation, or what stands in brackets."""
        if depth > DEEPEST:
            raise FilterUnsupported(what="not not …")
        if self.take("word", "not"):
            return Not(self.one(depth + 1))
        if self.take("bracket", "("):
            inside = self.either(depth + 1)
            if not self.take("bracket", ")"):
                raise FilterUnreadable(near=self.near())
            return inside
        return self.comparison()

    def comparison(self) -> Condition:
        """Read: field, operator, value."""
        field, operator = self.word().removeprefix("$root/Submissions/"), self.word()
        if operator not in COMPARISONS:
            raise FilterUnsupported(what=operator)
        column = COLUMNS.get(field)
        condition = self.compare(column, operator) if column else self.answered(field, operator)
        return Not(condition) if operator in ("ne", "neq") else condition

    def compare(self, column: Column, operator: str) -> Condition:
        """Read what a system field is compared with."""
        kind, said = self.next()
        value: Any = None
        if (kind, said) != ("word", "null"):
            value = _value(column, kind, said)
        elif column is Column.REVIEW_STATE:
            value = "received"
        if value is None and operator not in ("eq", "ne", "neq"):
            raise FilterUnsupported(what=f"{operator} null")
        return Compare(column, COMPARISONS[operator], value)

    def answered(self, field: str, operator: str) -> Condition:
        """Read what an answer is compared with: answers are only equal or not."""
        if field not in self.questions or operator not in ("eq", "ne", "neq"):
            raise FilterUnsupported(what=f"{field} {operator}")
        kind, said = self.next()
        if (kind, said) == ("word", "null"):
            return Answered(tuple(field.split("/")), None)
        if kind in ("word", "bracket") and said not in ("true", "false"):
            raise FilterUnreadable(near=said)
        return Answered(tuple(field.split("/")), _unquoted(said) if kind == "text" else said)

    def word(self) -> str:
        """Take a word."""
        kind, said = self.next()
        if kind != "word":
            raise FilterUnreadable(near=said)
        return said

    def next(self) -> tuple[str, str]:
        """Take the next token."""
        if self.at == len(self.tokens):
            raise FilterUnreadable(near="$")
        self.at += 1
        return self.tokens[self.at - 1]

    def take(self, *token: str) -> bool:
        """Take this token if it is the next."""
        found = self.at < len(self.tokens) and self.tokens[self.at] == token
        self.at += found
        return found

    def near(self) -> str:
        """Say where the reading is."""
        return " ".join(said for _, said in self.tokens[self.at : self.at + 3])

    def expect_end(self) -> None:
        """Refuse what is left over."""
        if self.at != len(self.tokens):
            raise FilterUnreadable(near=self.near())


def _value(column: Column, kind: str, said: str) -> str | int | datetime:
    if column in (Column.ID, Column.REVIEW_STATE) and kind == "text":
        return _unquoted(said)
    if column is Column.SUBMITTER and kind == "number" and said.isdigit() and len(said) < 16:
        return int(said)
    if column in (Column.RECEIVED_AT, Column.UPDATED_AT) and kind == "moment":
        try:
            at = datetime.fromisoformat(said[:10] + said[10:].replace(" ", "+"))
        except ValueError:
            raise FilterUnreadable(near=said) from None
        return at if at.tzinfo else at.replace(tzinfo=UTC)
    raise FilterUnreadable(near=said)


def _unquoted(text: str) -> str:
    return text[1:-1].replace("''", "'")
