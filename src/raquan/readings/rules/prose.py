"""Reads a plan's paragraphs: sections, theme, window, objectives, and the items that are tasks where no table is."""

import re
from dataclasses import dataclass, field

from raquan.kernel.text import fold, normalize
from raquan.readings.rules.dates import Period, read_period, read_range
from raquan.readings.rules.document import Paragraph, has_text
from raquan.readings.rules.head import is_basis
from raquan.readings.rules.reading import Notes, ObjectiveRead, ObservanceRead, Scope, SectionRead, TaskRead, Use
from raquan.readings.rules.sentences import has_field, names_lead, read_item
from raquan.readings.rules.text import (
    Kind,
    Marked,
    Meaning,
    is_dashed,
    joined_numbers,
    marked,
    meaning_of,
    without_dash,
    without_stop,
)

_THEME = re.compile(r"[Cc]hủ đề|CHỦ ĐỀ")
_QUOTED = re.compile(r"[“\"«„]\s*([^“”\"«»„]+?)\s*[”\"»“]")
_OBSERVANCE = re.compile(
    r"[Nn]gày [Cc]huyển đổi số (?:(quốc gia)|"
    r"((?:tỉnh|thành phố) [A-ZĐ][\w’]*(?: [A-ZĐ][\w’]*){0,3}))"
)
_ITS_DAY = re.compile(r"ngay (\d{1,2})(?:/| thang )(\d{1,2})\b.{0,60}(?:duoc chon )?la ngay chuyen doi so")
_WINDOW = re.compile(r"thoi gian(?: (?:thuc hien|trien khai|to chuc|dien ra|tu|trong)\b| ?:)")
_SUBHEADING_FREE = (None, Meaning.OBJECTIVE, Meaning.REQUIREMENT, Meaning.THEME, Meaning.WINDOW, Meaning.SCOPE)
_LONGEST_SUBHEADING = 60
_LONGEST_WINDOW = 200  # days: "năm 2023" beside "thời gian" is no campaign's window


@dataclass(slots=True)
class _Open:
    kind: Kind | None
    number: str
    text: str
    meaning: Meaning | None


@dataclass(slots=True)
class _Item:
    path: str
    text: str
    source: str
    depth: int
    lines: list[Paragraph] = field(default_factory=list)
    has_items: bool = False
    section: str = ""


@dataclass(slots=True)
class ProseReader:
    """Goes through the body's paragraphs and keeps what they say until the plan's year is known."""

    notes: Notes
    has_task_table: bool
    theme: str | None = None
    theme_province: str | None = None
    objectives: list[ObjectiveRead] = field(default_factory=list)
    windows: list[tuple[int, str]] = field(default_factory=list)
    days: list[tuple[int, int]] = field(default_factory=list)
    observances: dict[str, ObservanceRead] = field(default_factory=dict)
    _stack: list[_Open] = field(default_factory=list)
    _preamble: list[Paragraph] = field(default_factory=list)
    _items: list[_Item] = field(default_factory=list)
    _has_sections: bool = False

    def read(self, paragraph: Paragraph) -> None:
        """Read one paragraph that says something."""
        text = paragraph.full
        found = marked(text)
        if self._is_lone_heading(paragraph, found):
            self._stack = [_Open(None, "", normalize(text), meaning_of(text))]
            self._has_sections = True
            self.notes.take(paragraph.source, Use.HEADING)
            return
        depth = self._place(found) if found else len(self._stack)
        meaning = self._meaning()
        self._look_for_theme(paragraph, text)
        self._look_for_window(paragraph, text, meaning)
        self._look_for_day(text)
        if not self._stack:
            self._preamble.append(paragraph)
        elif depth == 0:
            self._take_section(paragraph, meaning)
        elif meaning is Meaning.CONTENT and not self.has_task_table:
            self._add_to_items(paragraph, found, depth)
        else:
            self._take_line(paragraph, found, depth, meaning)

    def finish(self, year: int | None) -> None:
        """Read what was kept: the items as tasks, the lines before the first section."""
        for item in self._items:
            self._read_item(item, year)
        for paragraph in self._preamble:
            if is_basis(paragraph.text):
                self.notes.take(paragraph.source, Use.BASIS)
            elif self._has_sections:
                self.notes.take(paragraph.source, Use.PROSE)

    def window(self, year: int | None) -> Period:
        """Give the plan's first and last day, said in the section on time if anywhere."""
        for _, text in sorted(self.windows, key=lambda one: one[0]):
            if found := _window(text, year):
                return found
        return Period()

    def _is_lone_heading(self, paragraph: Paragraph, found: Marked | None) -> bool:
        """Tell whether a line without marker heads a section: in capitals or in Word's own style, with a meaning."""
        if found is not None or meaning_of(paragraph.text) is None:
            return False
        return normalize(paragraph.text).isupper() or paragraph.style.lower().startswith("heading")

    def _place(self, found: Marked) -> int:
        """Put a marked line into the outline; give its depth, 0 for a section."""
        kinds = [one.kind for one in self._stack]
        if found.kind in kinds:
            del self._stack[kinds.index(found.kind) :]
        elif not self._stack and found.kind not in (Kind.ROMAN, Kind.CAPITAL) and meaning_of(found.text) is None:
            return 0  # a numbered line before any section begins none
        depth = len(self._stack)
        above = self._meaning()
        meaning = meaning_of(found.text) if depth == 0 or (depth == 1 and above in _SUBHEADING_FREE) else None
        is_sentence = len(found.text) > _LONGEST_SUBHEADING or found.text.endswith((".", ";"))
        if depth == 1 and is_sentence and meaning not in (Meaning.OBJECTIVE, Meaning.REQUIREMENT):
            meaning = None  # "2. Các hoạt động bảo đảm thiết thực." heads nothing
        self._stack.append(_Open(found.kind, found.number, found.text, meaning))
        return depth

    def _meaning(self) -> Meaning | None:
        return next((one.meaning for one in reversed(self._stack) if one.meaning is not None), None)

    def _take_section(self, paragraph: Paragraph, meaning: Meaning | None) -> None:
        self._has_sections = True
        if meaning is not None:
            self.notes.take(paragraph.source, Use.HEADING)

    def _take_line(self, paragraph: Paragraph, found: Marked | None, depth: int, meaning: Meaning | None) -> None:
        own = self._stack[-1].meaning if found and depth == 1 else None
        if own is not None and len(found.text if found else "") <= _LONGEST_SUBHEADING:
            self.notes.take(paragraph.source, Use.HEADING)
        elif meaning is Meaning.OBJECTIVE:
            self.notes.take(paragraph.source, Use.OBJECTIVE)
            words = found.text if found else without_dash(paragraph.text)
            self.objectives.append(ObjectiveRead(without_stop(words), paragraph.source))
        elif meaning is not None:
            self.notes.take(paragraph.source, Use.PROSE)

    def _look_for_theme(self, paragraph: Paragraph, text: str) -> None:
        text = normalize(text)
        for word in _THEME.finditer(text):
            quoted = _QUOTED.search(text, word.end())
            if quoted is None:
                continue
            between = fold(text[word.end() : quoted.start()])
            if re.search(r"\btinh\b", between) and "quoc gia" not in between:
                self.theme_province = self.theme_province or normalize(quoted[1])
            else:
                self.theme = self.theme or normalize(quoted[1])
            self.notes.take(paragraph.source, Use.THEME)

    def _look_for_window(self, paragraph: Paragraph, text: str, meaning: Meaning | None) -> None:
        folded = fold(text)
        word = _WINDOW.search(folded)
        if (word is None and meaning is not Meaning.WINDOW) or "cao diem" in folded:
            return
        if meaning is Meaning.CONTENT and not self.has_task_table:
            return
        said = folded[word.start() :] if word else folded
        if _window(said, 2000):
            self.windows.append(((meaning is not Meaning.WINDOW) + (meaning is Meaning.CONTENT), said))
            self.notes.take(paragraph.source, Use.WINDOW)

    def _look_for_day(self, text: str) -> None:
        day = _ITS_DAY.search(fold(text))
        if day is None or not (1 <= int(day[1]) <= 31 and 1 <= int(day[2]) <= 12):
            return
        for name in _OBSERVANCE.finditer(normalize(text)):
            scope = Scope.NATIONAL if name[1] else Scope.PROVINCE
            words = f"Ngày Chuyển đổi số {name[1] or name[2]}"
            self.observances.setdefault(fold(words), ObservanceRead(scope, words, int(day[2]), int(day[1])))

    def _add_to_items(self, paragraph: Paragraph, found: Marked | None, depth: int) -> None:
        last = self._items[-1] if self._items else None
        if found is not None:
            above = [one for one in self._items if one.depth < depth]
            if last is not None and depth > last.depth:
                last.has_items = True
            parent = above[-1].source if above and depth > 1 else ""
            path = joined_numbers(*(one.number for one in self._stack))
            self._items.append(_Item(path, found.text, paragraph.source, depth, section=parent))
        elif last is not None and last.path.startswith(self._path_of_section()):
            last.lines.append(paragraph)
        elif names_lead(without_dash(paragraph.text)):
            path = f"{self._path_of_section()}{len(self._items) + 1}"
            self._items.append(_Item(path, without_dash(paragraph.text), paragraph.source, 1))
        else:
            self.notes.take(paragraph.source, Use.PROSE)

    def _path_of_section(self) -> str:
        return f"{self._stack[0].number}." if self._stack and self._stack[0].number else ""

    def _read_item(self, item: _Item, year: int | None) -> None:
        if item.has_items:
            self.notes.take(item.source, Use.SECTION)
            self.notes.sections.append(SectionRead(item.path, without_stop(item.text), item.source))
            for line in item.lines:
                self.notes.take(line.source, Use.PROSE)
            return
        tasks = [line for line in item.lines if names_lead(without_dash(line.text)) and not has_field(line.text)]
        if tasks and not names_lead(item.text):
            self._read_dashed(item, tasks, year)
            return
        read = read_item(item.text, [line.text for line in item.lines], year)
        if not read.lead_units:
            self._leave(item.source, item.text)
            for line in item.lines:
                self._leave(line.source, line.full)
            return
        self._add_task(item, year)

    def _read_dashed(self, item: _Item, tasks: list[Paragraph], year: int | None) -> None:
        """Read an item whose dashed lines are the tasks: it heads them."""
        self.notes.take(item.source, Use.SECTION)
        self.notes.sections.append(SectionRead(item.path, without_stop(item.text), item.source))
        below: list[_Item] = []
        for line in item.lines:
            if line in tasks:
                path = f"{item.path}.{len(below) + 1}"
                below.append(_Item(path, without_dash(line.text), line.source, item.depth + 1, section=item.source))
            elif below:
                below[-1].lines.append(line)
            else:
                self._leave(line.source, line.full)
        for one in below:
            self._add_task(one, year)

    def _add_task(self, item: _Item, year: int | None) -> None:
        read = read_item(item.text, [line.text for line in item.lines], year)
        self.notes.take(item.source, Use.TASK)
        for line in item.lines:
            if line.text in read.unread:
                self._leave(line.source, line.full)
            self.notes.take(line.source, Use.TASK)
        for words in read.unread:
            if all(line.text != words for line in item.lines):
                self.notes.leave(item.source, words)
        self.notes.tasks.append(
            TaskRead(
                path=item.path,
                title=read.title,
                lead_units=read.lead_units,
                cooperating_units=read.cooperating_units,
                starts_on=read.period.starts_on,
                due_on=read.period.due_on,
                deliverable=read.deliverable,
                source=item.source,
                time_as_written=read.time_as_written,
                section=item.section,
            )
        )

    def _leave(self, source: str, text: str) -> None:
        self.notes.take(source, Use.LEFTOVER)
        self.notes.leave(source, normalize(text))


def _window(text: str, year: int | None) -> Period:
    """Read a window: days from … to …, else months or a quarter; one day alone is none."""
    if found := read_range(text, year):
        return found
    found = read_period(text, year)
    first, last = found.starts_on, found.due_on
    if first is None or last is None or first >= last or (last - first).days > _LONGEST_WINDOW:
        return Period()
    return found


def is_caption(text: str) -> bool:
    """Tell whether a line of an appendix is its title: in capitals, in brackets, or short without a closing stop."""
    line = normalize(text)
    return line.isupper() or line.startswith("(") or (len(line) <= 120 and not line.endswith((".", ";", ":")))


def is_note(text: str) -> bool:
    """Tell whether a line is a note on what stands around it."""
    return re.match(r"\(?(?:ghi chu|luu y|don vi tinh)\b", fold(text)) is not None


def is_dash_or_short(text: str) -> bool:
    """Tell whether a line can belong to the recipients or the signature."""
    return is_dashed(text) or normalize(text).isupper() or (has_text(text) and len(normalize(text)) <= 60)
