"""Who is responsible: several teams in one cell, and the spellings of one team."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from corpus.acronyms import is_short_form
from corpus.commitments.model import Doubt, Quote

Spans = list[tuple[int, int]]

_NOBODY = re.compile(
    r"(?:[-–—.*]+|n\.?/?a\.?|none|nil|tb[acd]|"
    r"to be (?:determined|confirmed|decided|defined|assigned)|à (?:déterminer|définir)|"
    r"por (?:definir|determinar)|offen)\Z",
    re.IGNORECASE,
)
_SURE = re.compile(r"\s*(?:[/;|\n]|\s\+\s)\s*")
_JOINED = re.compile(
    r"\s*,\s*(?:and\s+|&\s*)?|\s+(?:and|et|y|und|with)\s+|\s*&\s*|\s+", re.IGNORECASE
)
_LIST = re.compile(r"\s*,\s*(?:and\s+|&\s*)?|\s+(?:and|et|y|und)\s+|\s+&\s+", re.IGNORECASE)
# "Director, HRD": a post and where it is
_POST = re.compile(
    r"(?:[\w-]+\s+){0,2}(?:director|chief|head|manager|coordinator|officer|secretary|chair|"
    r"chairperson|president|adviser|advisor|counsel|controller|ombudsperson|directeur|directrice|"
    r"chef|director[a]?|jef[ea]|leiter(?:in)?)(?:-general|\sgeneral)?\Z",
    re.IGNORECASE,
)
# what a name plays: "HR (lead)", "Lead: HR"; who only supports is not responsible
_LEADING = re.compile(
    r"(?:(?:co-?)?lead(?:s|er| unit| agency)?|responsible|owner|chef de file|pilote|"
    r"responsable)\s*:\s*|"
    r"\s*[(\[]\s*(?:(?:co-?)?lead(?:s|er|ing| unit| agency)?|responsible|owner|chef de file|pilote|"
    r"responsable)\s*[)\]]\Z",
    re.IGNORECASE,
)
_SUPPORTING = re.compile(
    r"(?:(?:with\s(?:the\s)?)?support(?:ed|ing)?\s(?:from|of|by)\b|support(?:\sunit)?\s*:|"
    r"in\s(?:consultation|cooperation|coordination|collaboration)\swith\b|avec\sl[’']appui\b|"
    r"appui\s*:|con\sel\sapoyo\b|apoyo\s*:).*|"
    r".*[(\[]\s*(?:support(?:ing)?|consulted|informed|appui|soutien|apoyo)\s*[)\]]\Z",
    re.IGNORECASE,
)
_AND = re.compile(r"\s(?:and|et|y|und)\s|&", re.IGNORECASE)
_WORDS = re.compile(r"\w+")
_JOINER = re.compile(r"\b(?:and|et|und)\b|&", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the|a|an|la|le|les|el|los|las|die|der|das)\s+", re.IGNORECASE)
_MOST_WORDS = 12  # of a cell whose words are tried as names run together
_PIECE_WORDS = 6  # of a name in a list with commas


@lru_cache(4_096)  # few names stand in many cells
def fold(name: str) -> str:
    """Return the one spelling of a team: "Policy & Social Security", "HRD - all" and "HRD all".

    Case, accents, punctuation, "&" for "and" and an article at the front make no difference.
    """
    plain = without_accents(_ARTICLE.sub("", name.strip(), count=1)).casefold()
    return " ".join(_WORDS.findall(_JOINER.sub(" and ", plain)))


def without_accents(text: str) -> str:
    """Return a text without the marks on its letters."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def initials(name: str) -> str:
    """Return the first letters of a name's words, without those that link them: SDL."""
    words = [word for word in fold(name).split() if word not in _LINKS]
    return "".join(word[0] for word in words).upper()


_LINKS = frozenset("and of for the de des du la et y und fur to in on".split())


class Names:
    """The names that stand alone as responsible somewhere in a document.

    They tell where a name ends in a cell that holds several: "Human Resources Finance" is two where
    both stand alone elsewhere.
    """

    def __init__(self, cells: Iterable[str]) -> None:
        """Take the texts of all cells of responsible parties."""
        pieces = {cell[a:b] for cell in cells for a, b in _responsible(cell, _whole(cell))}
        self._known = {fold(piece) for piece in pieces}
        # one that is made of others names them all, and is no name of its own
        several = {
            fold(piece) for piece in pieces if self._made_of(piece, 0, len(piece), whole=piece)
        }
        self._known -= several

    def split(self, text: str, start: int) -> tuple[tuple[Quote, ...], tuple[Doubt, ...]]:
        """Return the teams that a cell names, each verbatim, and what is not certain of them.

        Args:
            text: of the cell.
            start: where it stands in the canonical text.
        """
        found: Spans = []
        doubts: list[Doubt] = []
        for first, last in _responsible(text, _whole(text)):
            spans = self._run_together(text, first, last) or self._listed(text, first, last)
            if not spans:
                spans = [(first, last)]
                if _is_unclear(text[first:last]):
                    doubts.append(_unclear(text[first:last]))
            found += spans
        found = _responsible(text, found)
        named = [(a, b) for a, b in found if not _NOBODY.match(text[a:b])]
        return tuple(Quote(text[a:b], start + a, start + b) for a, b in named), tuple(doubts)

    def _run_together(self, text: str, start: int, end: int) -> Spans:
        """Return the names that words are made of, where each is known or an abbreviation."""
        if self._knows(text[start:end]) or len(text[start:end].split()) > _MOST_WORDS:
            return []
        return self._made_of(text, start, end)

    def _made_of(self, text: str, start: int, end: int, *, whole: str = "") -> Spans:
        """Return the names, the longest first one taken; ``whole`` is no name here."""
        for cut in reversed(list(_JOINED.finditer(text, start, end))):
            first, rest = text[start : cut.start()], text[cut.end() : end]
            if not first or not rest or not self._names_one(first, whole):
                continue
            further = self._made_of(text, cut.end(), end, whole=whole)
            if not further and self._names_one(rest, whole):
                further = [(cut.end(), end)]
            sure = self._knows(first, whole) or self._knows(rest, whole) or len(further) > 1
            if further and (sure or cut.group().strip()):
                return [(start, cut.start()), *further]
        return []

    def _listed(self, text: str, start: int, end: int) -> Spans:
        """Return the names of a list with commas.

        An "and" in it could belong to a name, unless all before it are names.
        """
        part = text[start:end]
        if "," not in part:
            return []
        spans = [(start + a, start + b) for a, b in _pieces(part, _LIST)]
        if _POST.match(text[slice(*spans[0])]):
            return []
        short = all(len(text[a:b].split()) <= _PIECE_WORDS for a, b in spans)
        named = all(self._names_one(text[a:b], "") for a, b in spans[:-1])
        plain = _AND.search(part) is None and all(text[a].isupper() for a, _ in spans)
        return spans if short and (named or plain) else []

    def _names_one(self, name: str, whole: str) -> bool:
        return self._knows(name, whole) or is_short_form(name)

    def _knows(self, name: str, whole: str = "") -> bool:
        folded = fold(name)
        return folded in self._known and folded != fold(whole)


def _whole(text: str) -> Spans:
    """Return the places of what is surely apart."""
    return list(_pieces(text, _SURE))


def _responsible(text: str, spans: Spans) -> Spans:
    """Return the places of names without the parts they play, and without who only supports."""
    leading = [span for span in spans if not _SUPPORTING.fullmatch(text[slice(*span)])]
    return [_without_part(text, *span) for span in leading or spans]


def _without_part(text: str, start: int, end: int) -> tuple[int, int]:
    part = _LEADING.match(text, start, end)
    if part and part.end() < end:
        start = part.end()
    part = _LEADING.search(text, start, end)
    return start, part.start() if part and start < part.start() and part.end() == end else end


def _pieces(text: str, between: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    begin = 0
    ends = [*((found.start(), found.end()) for found in between.finditer(text)), (len(text),) * 2]
    for stop, following in ends:
        piece = text[begin:stop]
        left = len(piece) - len(piece.lstrip())
        if piece.strip():
            yield begin + left, begin + len(piece.rstrip())
        begin = following


def _is_unclear(text: str) -> bool:
    return "," in text and _AND.search(text) is not None and not _POST.match(text.split(",", 1)[0])


def _unclear(text: str) -> Doubt:
    words = f"“{' '.join(text.split())}” may name one team or several; it is kept as one."
    return Doubt("lead unclear", words)
