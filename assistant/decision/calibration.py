"""The fitted decision: weights of the signals and both thresholds, as a small file."""

from __future__ import annotations

import json
import math
import operator
from dataclasses import asdict, dataclass, fields
from importlib.resources import files
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError

from assistant.selection.signals import Signals
from corpus.errors import CalibrationUnusable

SHIPPED = Path(str(files("assistant.decision") / "calibration.json"))

_VALUES = operator.attrgetter(*(one.name for one in fields(Signals)))
_Share = Annotated[float, Field(ge=0, le=1)]


@dataclass(frozen=True, slots=True)
class Figure:
    """What came of one kind of question of one set.

    Attributes:
        questions: how many were asked.
        answered: share of them that was answered, 0 to 1.
    """

    set: str
    kind: str
    questions: int
    answered: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How signals become a confidence, and from which confidence something is said.

    Attributes:
        weights: one for each signal, by the same name.
        offset: what is added to their sum.
        rule: how the thresholds were chosen, in words.
        origin: where all this comes from, in words.
        figures: what it gives on questions that it was not fitted to.
    """

    weights: Signals
    offset: float
    answer_threshold: float
    closest_threshold: float
    rule: str
    origin: str
    figures: tuple[Figure, ...] = ()

    def confidence(self, measured: Signals) -> float:
        """Return the probability that units with these signals answer their question."""
        weights, values = _VALUES(self.weights), _VALUES(measured)
        evidence = sum(map(operator.mul, weights, values)) + self.offset
        return 1 / (1 + math.exp(-max(-700.0, evidence)))


class _FigureRead(BaseModel):
    model_config = ConfigDict(extra="forbid")

    set: str
    kind: str
    questions: Annotated[int, Field(ge=1)]
    answered: _Share


class _FileRead(BaseModel):
    model_config = ConfigDict(extra="forbid")

    weights: dict[str, FiniteFloat]
    offset: FiniteFloat
    answer_threshold: _Share
    closest_threshold: _Share
    rule: str
    origin: str
    figures: tuple[_FigureRead, ...] = ()


def read_calibration(path: Path = SHIPPED) -> Calibration:
    """Read a decision file; without a path the one that comes with Charter.

    Raises:
        CalibrationUnusable: it is missing, no such file, or made for other signals.
    """
    try:
        read = _FileRead.model_validate_json(path.read_bytes())
    except OSError as error:
        raise _unusable(path, "cannot be read") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise _unusable(path, f"has a mistake at {place}: {first['msg']}") from error
    names = {one.name for one in fields(Signals)}
    if read.weights.keys() != names:
        odd = ", ".join(sorted(read.weights.keys() ^ names))
        raise _unusable(path, f"was made for other signals ({odd})")
    if read.closest_threshold > read.answer_threshold:
        raise _unusable(path, "has a threshold of closest passages above that of answers")
    return Calibration(
        Signals(**read.weights),
        read.offset,
        read.answer_threshold,
        read.closest_threshold,
        read.rule,
        read.origin,
        tuple(Figure(**one.model_dump()) for one in read.figures),
    )


def write_calibration(calibration: Calibration, path: Path) -> None:
    """Write a decision file; the same calibration gives the same bytes.

    Raises:
        CalibrationUnusable: the file cannot be written.
    """
    text = json.dumps(asdict(calibration), ensure_ascii=False, indent=1)
    try:
        path.write_text(text + "\n", "utf-8")
    except OSError as error:
        raise CalibrationUnusable(
            f"The decision file {path} cannot be written.", "Name a file in a folder of yours."
        ) from error


def _unusable(path: Path, what: str) -> CalibrationUnusable:
    return CalibrationUnusable(
        f"The decision file {path} {what}.", "Write it with `charter bench answers --fit`."
    )
