"""What a document says of itself: title, version, dates, owner, contact, language.

Rather nothing than something wrong: a date that is taken wrongly hides a document or keeps it
answering. So a date counts only beside words that say what it is, at the head of the document, in
its table of document control, or in a sentence of the kind "this policy takes effect on …"; two
that differ count for nothing. A day of issue, approval or revision is no day of effect.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from corpus.metadata import Fields
from corpus.metadata.control_lines import statements_in
from corpus.metadata.dates import WRITTEN, Written, date_at
from corpus.metadata.found_words import (
    ELSEWHERE,
    GOES_ON,
    ISSUED,
    LABELS,
    LINKS,
    PLACEHOLDER,
    QUOTED,
    SENTENCES,
    UNTIL,
    is_known_label,
    label_of_field,
)
from corpus.metadata.languages import language_of
from corpus.model import Block

HEAD = 4_000  # characters, in which a document introduces itself
_BEFORE = 20  # characters that show whether a sentence is quoted
_SHORT = 220  # characters of a line on a title page
_LONGEST_VALUE = 90  # characters of an owner's or organisation's name
_MOST_WORDS = 12  # of the same
_FIRST_BLOCKS = 8  # among which a line of document control stands
_FEWEST_LABELS = 2  # that make a table one of document control
_EARLIEST, _LATEST = 1950, 2100  # years; others are slips

_SEGMENT = re.compile(r"[\n\t|;·•()\[\]]|\s[–—-]\s|,\s+(?=[^\W\d_])")
_VERSION = re.compile(r"v?\.?\s?(\d{1,4}(?:\.\d{1,3}){0,3}[a-z]?)(?!\w)", re.IGNORECASE)
_VERSION_LINE = re.compile(
    r"(?:(?:version|versión|versão|versione|fassung|revision|révision|revisión|rev\.?|issue|"
    r"edition|édition|edición|ausgabe)\s*(?:no\.?|nr\.?|n[º°]|number|#)?\s*:?\s*|v\.?\s?)"
    r"(?P<number>\d{1,4}(?:\.\d{1,3}){0,3}[a-z]?)",
    re.IGNORECASE,
)
_IN_TITLE = re.compile(r"\b(?:version|versión|rev\.?|v)\s?(\d+(?:\.\d+){0,3})$", re.IGNORECASE)
# begun once a word and of bounded length: a long run of letters without an @ takes linear time
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_ASKS = re.compile(
    r"contact|question|quer(?:y|ies)|enquir|inquir|information|help|advice|courriel|renseignement|"
    r"correo|consulta|informaci|kontakt|fragen|auskunft",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?:][\"”»)]*\s*$")
_NUMBERED = re.compile(r"(?:\d+(?:\.\d+)*|[IVX]+)[.)]?\s")


@dataclass(frozen=True, slots=True)
class Found:
    """What a document shows of itself, and in words what could not be taken."""

    fields: Fields
    notes: tuple[str, ...] = ()


def find(
    text: str, blocks: Sequence[Block], *, properties: Fields, settled: AbstractSet[str]
) -> Found:
    """Read what a document says of itself.

    Args:
        text: canonical.
        blocks: of it; their sections do not matter.
        properties: of its file.
        settled: fields that its owner set, so that nothing need be said of them.
    """
    finder = _Finder(text, blocks, language_of(text), settled)
    finder.read()
    values: dict[str, object] = {
        "title": _title(text, blocks, properties.title or ""),
        "language": finder.language or None,
        "version": finder.only("version"),
        "contact": finder.only("contact") or finder.address(),
        "owner": finder.only("owner"),
        "organisation": finder.only("organisation"),
        **finder.days(),
    }
    kept = {name: value for name, value in values.items() if value}
    return Found(Fields.model_validate(kept), tuple(finder.notes))


@dataclass(slots=True)
class _Finder:
    """Gathers, for each field, every different value that a label or sentence gives."""

    text: str
    blocks: Sequence[Block]
    language: str
    settled: AbstractSet[str]
    values: dict[str, dict[object, None]] = field(default_factory=dict)
    issued: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def read(self) -> None:
        control = self.control_lines()
        for kind, run in groupby(self.blocks, key=lambda block: (block.kind, block.group)):
            if kind[0] == "table_row":
                self.read_table(list(run))
                continue
            for block in run:
                said = self.text[block.start : block.end]
                if block.start in control:
                    for label, value in control[block.start]:
                        self.take(label, value)
                elif block.start < HEAD and not block.depth:  # what is nested is of its item
                    self.read_line(said, is_heading=block.kind == "heading")
                self.read_sentences(said)

    def control_lines(self) -> dict[int, tuple[tuple[str, str], ...]]:
        """Return what the lines between the title and the first prose state, by their start."""
        lines = {}
        begun = False
        for block in self.blocks[:_FIRST_BLOCKS]:
            said = self.text[block.start : block.end]
            if block.kind != "paragraph" and (block.kind != "heading" or begun):
                break
            begun = begun or block.kind == "paragraph"
            statements = statements_in(said, self.language) if block.kind == "paragraph" else ()
            if statements:
                lines[block.start] = statements
            elif len(said.split()) > _MOST_WORDS or _SENTENCE_END.search(said):
                break
        return lines

    def only(self, name: str) -> object:
        """Return the one value of a field; None when there is none or several."""
        values = list(self.values.get(name, ()))
        addresses = [value for value in values if name == "contact" and "@" in str(value)]
        values = addresses or values
        return values[0] if len(values) == 1 else None

    def days(self) -> dict[str, object]:
        """Return the dates of force, and note what stands in their way."""
        known = {}
        for name, what in (("effective_from", "from which"), ("effective_to", "until which")):
            values = list(self.values.get(name, ()))
            if len(values) == 1 and isinstance(values[0], date):
                known[name] = values[0]
            elif values and name not in self.settled:
                written = " and ".join(str(value) for value in values)
                self.notes.append(
                    f"The day {what} it is in force is not clear from its text: {written}."
                )
        if len(known) > 1 and known["effective_from"] > known["effective_to"]:
            self.notes.append("Its text says that it ends before it begins; neither was taken.")
            return {}
        if self.issued and "effective_from" not in self.values.keys() | self.settled:
            self.notes.append(
                f"Its text gives a day of issue or revision ({self.issued[0]}), which is not the "
                "day from which it is in force."
            )
        return dict(known)

    def address(self) -> str | None:
        """Return the one e-mail address that the document names for questions."""
        found: dict[str, str] = {}
        for match in _EMAIL.finditer(self.text):
            found.setdefault(match[0].lower(), match[0])
        if len(found) != 1:
            return None
        place = next(_EMAIL.finditer(self.text)).start()
        around = self.text[max(0, place - 160) : place]
        return next(iter(found.values())) if _ASKS.search(around) else None

    def read_line(self, said: str, *, is_heading: bool) -> None:
        """Take what a line of the head says: "Version 2.1 – effective 1 January 2024"."""
        for match in LABELS.finditer(said):
            if match["dated"] or _begins(said, match.start("other")):
                self.take(match["dated"] or match["other"], said[match.end() :])
        if len(said) > _SHORT:
            return
        segments = [part.strip(" .:") for part in _SEGMENT.split(said) if part.strip(" .:")]
        if len(segments) > 1 and said.rstrip().endswith((".", "!", "?")):
            return  # a sentence: "Effective 1 January 2024, the limit increases."
        for segment in segments:
            self.read_segment(segment)
        in_title = _IN_TITLE.search(said.strip(" ).")) if is_heading else None
        if in_title:
            self.add("version", in_title[1])

    def read_segment(self, segment: str) -> None:
        version = _VERSION_LINE.match(segment)
        if version:
            rest = LINKS.sub("", segment[version.end() :].strip(), count=1)
            if not rest or WRITTEN.fullmatch(rest) or re.fullmatch(r"\w+ \d{4}", rest):
                self.add("version", version["number"])
        for place in (match.end() for match in re.finditer(r"\s", segment)):
            name = label_of_field(segment[:place].strip())
            if name in ("effective_from", "effective_to"):
                written = self.day_in(segment[place:])
                if written and self.ends_well(segment[place:], written):
                    self.add_days(name, segment[place:])

    def ends_well(self, said: str, written: Written) -> bool:
        """Tell whether a date, with an end date after it, is all that is left of a line."""
        rest = said[said.index(written.text) + len(written.text) :]
        until = UNTIL.match(rest)
        return not rest.strip(" .") or bool(until and date_at(rest, until.end(), self.language))

    def read_sentences(self, said: str) -> None:
        for sentence in SENTENCES:
            for match in sentence.finditer(said):
                if not QUOTED.search(said[max(0, match.start() - _BEFORE) : match.start()]):
                    self.add_days("effective_from", said[match.end() :], whole=True)

    def read_table(self, rows: Sequence[Block]) -> None:
        """Take the labels and values of a table at the head, or of one of document control."""
        pairs = list(self.pairs(rows))
        labels = {label.casefold() for label, _ in pairs if is_known_label(label)}
        if rows[0].start < HEAD or len(labels) >= _FEWEST_LABELS:
            for label, value in pairs:
                self.take(label, value)
            self.read_history(rows)

    def pairs(self, rows: Sequence[Block]) -> Iterator[tuple[str, str]]:
        for number, row in enumerate(rows):
            cells = [self.text[cell.start : cell.end] for cell in row.cells]
            headers = [cell.header for cell in row.cells]
            if number == 0 and len(headers) in (2, 4):
                yield from zip(headers[::2], headers[1::2], strict=True)
            if len(cells) in (2, 4):
                yield from zip(cells[::2], cells[1::2], strict=True)
            if len(rows) == 1 and all(map(is_known_label, headers)):  # else a list of one thing
                yield from zip(headers, cells, strict=True)

    def read_history(self, rows: Sequence[Block]) -> None:
        """Take the highest number of a table of versions."""
        if self.values.get("version"):
            return
        numbers = []
        for cell in (cell for row in rows for cell in row.cells):
            if label_of_field(cell.header) == "version":
                found = _VERSION.fullmatch(self.text[cell.start : cell.end].strip())
                numbers += [found[1]] if found else []
        if numbers:
            self.add("version", max(numbers, key=_counted))

    def take(self, label: str, said: str) -> None:
        """Take what follows a label, as far as it is the label's value."""
        name = label_of_field(label)
        if name in ("effective_from", "effective_to"):
            self.add_days(name, said)
        elif name == ISSUED:
            written = self.day_in(said)
            self.issued += [written.text] if written else []
        elif name == "version":
            found = _VERSION.match(said.strip())
            if found:
                self.add("version", found[1])
        elif name == "contact":
            email = _EMAIL.search(_value(said))
            self.add("contact", email[0] if email else _name(said))
        elif name:
            self.add(name, _name(said))

    def day_in(self, said: str) -> Written | None:
        """Return the date that a value begins with, after "on", "le", "el" and the like."""
        rest = said.lstrip(" :\t\n")
        link = LINKS.match(rest)
        return date_at(rest, link.end() if link else 0, self.language)

    def add_days(self, name: str, said: str, *, whole: bool = False) -> None:
        """Take a first day, and the last after it; ``whole``: only of all that the text is of."""
        written = self.day_in(said)
        if written is None:
            return
        rest = said[said.index(written.text) + len(written.text) :]
        until = UNTIL.match(rest) if name == "effective_from" else None
        last = date_at(rest, until.end(), self.language) if until else None
        if whole and not GOES_ON.match(rest, last.end if last else 0):
            return
        self.add(name, written.day or f"“{written.text}”")
        if last:
            self.add("effective_to", last.day or f"“{last.text}”")

    def add(self, name: str, value: object) -> None:
        if isinstance(value, date) and not _EARLIEST <= value.year <= _LATEST:
            return
        known = self.values.setdefault(name, {})
        same = {str(one).casefold() for one in known}
        if value and str(value).casefold() not in same:
            known[value] = None


def _begins(said: str, place: int) -> bool:
    """Tell whether a label begins a line or part of one, or is written like a label."""
    return (
        said[place].isupper()
        or not said[:place].strip()
        or said[:place].rstrip(" ")[-1] in "\n\t|;·•(,–—-"
    )


def _value(said: str) -> str:
    """Return what stands after a label, up to the end of its line or the next label."""
    line = re.split(r"[\n\t|;]", said.strip(" :\t\n"), maxsplit=1)[0]
    following = LABELS.search(line)
    return (line[: following.start()] if following else line).strip(" .,:–-")


def _name(said: str) -> str | None:
    """Return the name of a body or person; None for a sentence, a date or a blank to fill in."""
    value = _value(said)
    sentence = len(value) > _LONGEST_VALUE or len(value.split()) > _MOST_WORDS or ". " in value
    if sentence or ELSEWHERE.search(value) or not any(map(str.isalpha, value)):
        return None
    return None if PLACEHOLDER.search(value) or WRITTEN.search(value) else value


def _title(text: str, blocks: Sequence[Block], property_title: str) -> str | None:
    """Return the title: the file's own where the text bears it out, else the first heading.

    A numbered first heading is that of a chapter; the line at the very top goes before it.
    """
    known = property_title.strip()
    if len(known.split()) > 1 and _bare(known) in _bare(text[:HEAD]):
        return known
    heading = next((text[b.start : b.end] for b in blocks if b.kind == "heading"), None)
    first = blocks[0] if blocks else None
    if heading and _NUMBERED.match(heading) and first and first.kind == "paragraph":
        top = text[first.start : first.end]
        if len(top.split()) <= _MOST_WORDS and not re.search(r"[.:;@\n\t]|\d{4}", top):
            return top
    return heading


def _bare(title: str) -> str:
    return "".join(filter(str.isalnum, title.casefold()))


def _counted(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]
