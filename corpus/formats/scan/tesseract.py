"""Tesseract: the words on a picture, and which way up it lies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Self

import tesserocr
from PIL import Image

_SURE_OF_TURN = 3.0  # of Tesseract's measure; the right turn has 6 to 20, a wrong one at most 1
_LEAST_DPI = 70  # below it Tesseract takes its own guess
_LEAST_CONFIDENCE = 0.1  # a word below it is a stain
_LEAST_OF_LINE = 0.35  # mean of a line; text the wrong way up has as little
_DEBIAN = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A word on a picture, in pixels from its top left corner.

    Attributes:
        box: left, top, right, bottom.
        line: words of one number stand on one line.
        baseline: of its line, in the middle.
        height: of its type's tall letters; those that hang below the line are not on every line.
        confidence: 0 to 1.
        middles: of its letters, from left to right; empty where they are not known.
    """

    text: str
    box: tuple[int, int, int, int]
    line: int
    baseline: float
    height: float
    confidence: float
    middles: tuple[float, ...] = ()


_LATIN = {
    "en": "eng",
    "fr": "fra",
    "es": "spa",
    "de": "deu",
    "it": "ita",
    "pt": "por",
    "nl": "nld",
}
_UNKNOWN = ("eng", "fra", "spa")  # of a document that does not say its language


def languages_for(tag: str | None) -> tuple[str, ...]:
    """Return what to read a document with; ``tag`` is its language ("fr-CA"), where it is known.

    English goes with every language, for names and terms. French beside English takes a fifth
    longer, three languages a third, so a document that says it is English is read with English
    alone.
    """
    known = _LATIN.get((tag or "").replace("_", "-").split("-")[0].lower())
    return tuple(dict.fromkeys((known, "eng"))) if known else _UNKNOWN


class Tesseract:
    """Tesseract with its models loaded (0.1 s, 60 MB); to be closed. It runs in one thread.

    Args:
        languages: as Tesseract names them ("eng", "fra"), the likeliest first. Those whose
            models are not installed are left out; English comes with Charter.
    """

    def __init__(self, languages: Sequence[str]) -> None:
        folder, names = _models(languages)
        with ExitStack() as opened:
            self._words = opened.enter_context(
                tesserocr.PyTessBaseAPI(path=folder, lang="+".join(names))
            )
            # its own finder of tables joins lines of neighbouring cells into nonsense
            self._words.SetVariable("textord_tabfind_find_tables", "0")
            self._turn = None
            turns = [path for path in _folders() if (path / "osd.traineddata").is_file()]
            if turns:
                self._turn = opened.enter_context(
                    tesserocr.PyTessBaseAPI(
                        path=f"{turns[0]}{os.sep}", lang="osd", psm=tesserocr.PSM.OSD_ONLY
                    )
                )
            self._opened = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def turn(self, image: Image.Image, dpi: float) -> int | None:
        """Return by how much to turn a page against the clock: 0, 90, 180 or 270 degrees.

        None where it cannot be told.
        """
        if self._turn is None:
            return None
        self._turn.SetImage(image)
        self._turn.SetSourceResolution(max(_LEAST_DPI, round(dpi)))
        try:
            found = self._turn.DetectOrientationScript()
        except RuntimeError:  # nothing like a letter on it
            return None
        if not found or found["orient_conf"] < _SURE_OF_TURN:
            return None
        return int(found["orient_deg"])

    def read(self, image: Image.Image, dpi: float, *, one_block: bool = False) -> list[Seen]:
        """Return the words of a picture in reading order; ``one_block`` has no columns."""
        mode = tesserocr.PSM.SINGLE_BLOCK if one_block else tesserocr.PSM.AUTO
        self._words.SetPageSegMode(mode)
        self._words.SetImage(image)
        self._words.SetSourceResolution(max(_LEAST_DPI, round(dpi)))
        self._words.Recognize()
        words, letters = self._words.GetIterator(), self._words.GetIterator()
        if words is None or letters is None:
            return []
        return list(_legible(_seen(words, _middles(letters))))


def _seen(
    found: tesserocr.PyResultIterator, letters: Mapping[object, Sequence[float]]
) -> Iterator[Seen]:
    level = tesserocr.RIL
    line = 0
    for item in tesserocr.iterate_level(found, level.WORD):
        line += item.IsAtBeginningOf(level.TEXTLINE)
        if item.Empty(level.WORD):  # on an empty picture the iterator starts at no word
            continue
        text = item.GetUTF8Text(level.WORD).strip()
        box = item.BoundingBox(level.WORD)
        base = item.Baseline(level.TEXTLINE)
        confidence = item.Confidence(level.WORD) / 100
        middles = letters.get(box, ())
        if not text or box is None or base is None or confidence < _LEAST_CONFIDENCE:
            continue
        row = item.RowAttributes()
        height = max(1.0, row["row_height"] + row["descenders"])
        baseline = (base[0][1] + base[1][1]) / 2
        known = tuple(middles) if len(middles) == len(text) else ()
        yield Seen(text, box, line, baseline, height, confidence, known)


def _middles(found: tesserocr.PyResultIterator) -> dict[object, list[float]]:
    """Return the middles of the letters of each word, by its box."""
    level = tesserocr.RIL
    words: dict[object, list[float]] = {}
    for item in tesserocr.iterate_level(found, level.SYMBOL):
        box = item.BoundingBox(level.SYMBOL)
        if box is not None:
            word = words.setdefault(item.BoundingBox(level.WORD), [])
            word.append((box[0] + box[2]) / 2)
    return words


def _legible(words: Iterator[Seen]) -> Iterator[Seen]:
    """Leave out the lines that are no text: the edge of a page, a stain, a photograph."""
    for _, run in groupby(words, key=attrgetter("line")):
        line = list(run)
        letters = sum(len(word.text) for word in line)
        if sum(word.confidence * len(word.text) for word in line) >= _LEAST_OF_LINE * letters:
            yield from line


def _models(languages: Sequence[str]) -> tuple[str, list[str]]:
    """Return the folder with models of the most of these languages, and those languages."""
    folders = _folders()
    found = [
        (folder, [name for name in languages if (folder / f"{name}.traineddata").is_file()])
        for folder in folders
    ]
    folder, names = max(found, key=lambda one: len(one[1]))
    return (f"{folder}{os.sep}", names) if names else (f"{_own()}{os.sep}", ["eng"])


def _folders() -> list[Path]:
    named = os.environ.get("TESSDATA_PREFIX")  # Tesseract's own variable
    return [Path(folder) for folder in (named, _own(), *_DEBIAN) if folder]


def _own() -> Path:
    return Path(sys.prefix) / "share" / "tessdata"  # where the Python package puts them
