"""Says a form's conditions in words: “chỉ hỏi khi “Đã có VNeID?” là “Có””, for who tries a form out by reading it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from raquan.kernel.refused import N_

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of a question, by its name in the answers."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question or a group as it is asked; expressions are as the form has them, paths from the root down.

    `kind` is what it is ("group", "repeat", "select", …); `depth` how many groups it stands in; `media` names the
    files that are shown with it.
    """

    path: str
    kind: str
    label: str
    depth: int
    hint: str = ""
    required: str = ""
    relevant: str = ""
    constraint: str = ""
    constraint_message: str = ""
    readonly: bool = False
    calculation: str = ""
    choices: tuple[Choice, ...] = ()
    choices_from: str = ""
    are_choices_filtered: bool = False
    media: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """What paths and the choices at them are called; `own` is the path of the question that is spoken of."""

    labels: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    own: str = ""
    translate: Translate = str


_TOKEN = re.compile(
    r"""\s*(?:
      (?P<path>(?:/[\w.\-]+)+ | (?:current\(\)/)?(?:\.\./)+[\w.\-]+(?:/[\w.\-]+)*)
    | (?P<text>'[^']*'|"[^"]*")
    | (?P<number>\d+(?:\.\d+)?)
    | (?P<name>[A-Za-z_][\w.\-]*(?:\s*\(\s*\))?)
    | (?P<sign><=|>=|!=|=|<|>|\(|\)|,|\+|-|\*|\.)
    )""",
    re.VERBOSE,
)
_SIGNS = {"<=": "≤", ">=": "≥", "!=": N_("khác"), "=": N_("là"), "<": "<", ">": ">", "*": "×", ".": N_("câu trả lời")}
_WORDS = {
    "and": N_("và"),
    "or": N_("hoặc"),
    "not": N_("không phải"),
    "true()": N_("đúng"),
    "false()": N_("sai"),
    "today()": N_("hôm nay"),
}
_EMPTY, _IS_EMPTY, _IS_NOT_EMPTY = N_("để trống"), N_("là để trống"), N_("không để trống")
_CHOSEN = N_("{label} có chọn “{choice}”")
_SELECTED = re.compile(r"\b(?:selected)\(\s*(?P<path>[^\s,()]+)\s*,\s*(?P<quote>['\"])(?P<name>[^'\"]*)(?P=quote)\s*\)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its conditions in words; "" where there is none, or where words do not reach."""

    question: Question
    required: str
    relevant: str
    constraint: str


def asked(questions: Sequence[Question], translate: Translate = str) -> tuple[Asked, ...]:
    """Say the conditions of a form's questions in words, which `translate` puts into the reader's language."""
    labels = {one.path: one.label for one in questions}
    choices = {one.path: {choice.name: choice.label for choice in one.choices} for one in questions if one.choices}
    return tuple(_asked(one, Names(labels, choices, one.path, translate)) for one in questions)


def _asked(one: Question, names: Names) -> Asked:
    required = "" if one.required in ("", "true()") else in_words(one.required, names)
    return Asked(one, required, in_words(one.relevant, names), in_words(one.constraint, names))


def in_words(expression: str, names: Names) -> str:
    """Say an expression of a form in Vietnamese; "" where it says more than these words can."""
    spoken: list[str] = []
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        path = _path(found["path"], names.own)
        chosen = names.choices.get(path, {}).get(found["name"], found["name"])
        kept.append(names.translate(_CHOSEN).format(label=_label(path, names), choice=chosen))
        return f" kept.{len(kept) - 1} "

    rest = _SELECTED.sub(keep, expression).strip()
    at, last_path = 0, names.own
    while at < len(rest):
        token = _TOKEN.match(rest, at)
        if token is None or token.end() == at:
            return ""
        at = token.end()
        word = _word(token, names, last_path, kept)
        if word is None:
            return ""
        last_path = _path(token["path"], names.own) if token["path"] else last_path
        spoken.append(word)
    return _joined(spoken, names.translate)


def _word(token: re.Match[str], names: Names, last_path: str, kept: Sequence[str]) -> str | None:
    if token["path"]:
        return _label(_path(token["path"], names.own), names)
    if token["text"]:
        text = token["text"][1:-1]
        chosen = names.choices.get(last_path, {}).get(text, text)
        return f"“{chosen}”" if text else names.translate(_EMPTY)
    if token["number"]:
        return token["number"].replace(".", ",")
    if token["name"]:
        name = re.sub(r"\s", "", token["name"])
        if re.fullmatch(r"kept\.\d+", name):
            return kept[int(name[5:])]
        return names.translate(_WORDS[name]) if name in _WORDS else None
    return names.translate(_SIGNS.get(token["sign"], token["sign"]))


def _path(written: str, own: str) -> str:
    """Give the path below the root of what an expression writes: /data/a/b is a/b; ../b beside a/c is a/b."""
    if written == ".":
        return own
    written = written.removeprefix("current()/")
    if written.startswith("/"):
        return "/".join(written.strip("/").split("/")[1:])
    above = own.split("/")
    while written.startswith("../"):
        written, above = written[3:], above[:-1]
    return "/".join([*above, written])


def _label(path: str, names: Names) -> str:
    return f"“{names.labels.get(path) or path}”"


def _joined(words: Sequence[str], translate: Translate) -> str:
    text = " ".join(words)
    mended = {
        f"{translate(_SIGNS['!='])} {translate(_EMPTY)}": translate(_IS_NOT_EMPTY),
        f"{translate(_SIGNS['='])} {translate(_EMPTY)}": translate(_IS_EMPTY).removeprefix("là "),
        "( ": "(",
        " )": ")",
        " ,": ",",
    }
    for written, said in mended.items():
        text = text.replace(written, said)
    return text
