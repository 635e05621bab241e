"""A run as one page that needs nothing beside it, and as JUnit XML for machines."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree as ET

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.ask import Assistant
from evals.shares import Scored
from evals.suites.asked import Cited, Said
from evals.suites.judging.comparison import Comparison
from evals.suites.judging.judge import ACTIONS, Cause, Judged
from evals.suites.judging.scores import CaseResult
from evals.suites.judging.statistics import power_in_words
from evals.suites.reports.coverage import coverage
from evals.suites.reports.wording import counted_in_words, label_in_words, verdict_sentence
from evals.suites.run import ScoredRun

_AROUND = 240  # characters shown before and after a quote
_CAUSES: tuple[Cause, ...] = get_args(Cause)


@dataclass(frozen=True, slots=True)
class Shown:
    """A quote with what stands around it."""

    title: str
    section: str
    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A case that did not pass, as the report shows it."""

    result: CaseResult
    worst: Judged
    shown: tuple[Shown, ...]


def html_report(scored: ScoredRun, assistant: Assistant, against: Comparison | None = None) -> str:
    """Return the report: a page without a single address, which prints well."""
    template = _environment().get_template("report.html")
    return template.render(
        scored=scored,
        suite=scored.run.suite,
        ground=scored.run.ground,
        sentence=verdict_sentence(scored),
        tiles=tiles_of(scored),
        power=power_in_words(len(scored.counting)),
        failures=failures_of(scored, assistant),
        actions=ACTIONS,
        label_in_words=label_in_words,
        coverage=coverage(scored.results, assistant.shelf()),
        caution=_dial(scored),
        against=against,
        answer_threshold=assistant.calibration.answer_threshold,
    )


def junit_report(scored: ScoredRun) -> str:
    """Return the run as JUnit XML: one test case for each case; a failed system is an error."""
    failed = [one for one in scored.results if not one.passed and not one.failed_by_system]
    suite = ET.Element(
        "testsuite",
        name=scored.run.suite.name,
        tests=str(len(scored.results)),
        failures=str(sum(one.case.counts for one in failed)),
        errors=str(sum(one.failed_by_system for one in scored.results)),
        skipped=str(sum(not one.case.counts for one in scored.results)),
        timestamp=scored.run.ground.asked_at.isoformat(),
    )
    for result in scored.results:
        suite.append(_junit_case(scored, result))
    root = ET.Element("testsuites")
    root.append(suite)
    ET.indent(root)
    return ET.tostring(root, "unicode", xml_declaration=True) + "\n"


def _junit_case(scored: ScoredRun, result: CaseResult) -> ET.Element:
    seconds = sum(
        one.asked.came.seconds for one in result.wordings if isinstance(one.asked.came, Said)
    )
    case = ET.Element(
        "testcase",
        classname=scored.run.suite.name,
        name=f"{result.case.id}: {result.case.question}",
        time=f"{seconds:.3f}",
    )
    worst = result.worst
    if not result.case.counts:
        ET.SubElement(case, "skipped", message="A draft, or only watched: it decides nothing.")
    elif worst.verdict != "passed":
        kind = "error" if result.failed_by_system else "failure"
        ET.SubElement(case, kind, type=str(worst.cause), message=worst.action)
    return case


def tiles_of(scored: ScoredRun) -> list[tuple[str, str, str, Scored]]:
    """Return the six numbers: name, "x of n" with its range, what it counts, score."""
    six = scored.scores.six
    return [
        (name, counted_in_words(one), meaning, one.score)
        for name, one, meaning in (
            ("Right answer", six.right, "answerable cases that passed in every wording"),
            ("Right source", six.sourced, "places of the cases that are cited"),
            ("Nothing made up", six.true_quotes, "quotes that stand where they are said to"),
            ("Knows when to stop", six.stops, "questions without an answer that got none"),
            ("Does not stop too early", six.dares, "answerable questions that were answered"),
            ("Same answer however asked", six.consistent, "cases whose wordings agree"),
        )
    ]


def failures_of(scored: ScoredRun, assistant: Assistant) -> list[tuple[Cause, list[Failure]]]:
    """Return what did not pass, by cause, the worst first."""
    held = [one for one in scored.results if not one.passed]
    shown = [Failure(one, one.worst, _shown(one.worst, assistant)) for one in held]
    shown.sort(key=lambda one: _CAUSES.index(one.worst.cause) if one.worst.cause else 0)
    return [
        (cause, list(some))
        for cause, some in groupby(shown, key=lambda one: one.worst.cause)
        if cause
    ]


def _shown(judged: Judged, assistant: Assistant) -> tuple[Shown, ...]:
    came = judged.asked.came
    if not isinstance(came, Said):
        return ()
    return tuple(_in_place(one, assistant) for one in came.citations[:3])


def _in_place(cited: Cited, assistant: Assistant) -> Shown:
    """Show a quote among its neighbours, where the document is still indexed."""
    index, place = assistant.shelf().index, cited.place
    text = index.document(place.key).text if index.holds(place.key) else ""
    if text[place.start : place.end] != cited.quote:
        return Shown(cited.title, " › ".join(cited.section), "", cited.quote, "")
    return Shown(
        cited.title,
        " › ".join(cited.section),
        _from_a_word(text[max(0, place.start - _AROUND) : place.start]),
        cited.quote,
        _to_a_word(text[place.end : place.end + _AROUND]),
    )


def _from_a_word(text: str) -> str:
    return text if len(text) < _AROUND else "…" + text[text.find(" ") :]


def _to_a_word(text: str) -> str:
    return text if len(text) < _AROUND else text[: text.rfind(" ") + 1] + "…"


@dataclass(frozen=True, slots=True)
class Dot:
    """A question on the caution dial: how sure, and whether answering it would be right."""

    sure: float
    right: bool


def _dial(scored: ScoredRun) -> list[Dot]:
    """Return what the slider moves over: each question with its confidence."""
    dots = []
    for result in scored.counting:
        for one in result.wordings:
            if isinstance(one.asked.came, Said):
                right = result.case.expected == "answer" and not _says_wrong(one)
                dots.append(Dot(round(one.asked.came.confidence, 4), right))
    return dots


def _says_wrong(judged: Judged) -> bool:
    return judged.cause in {"wrong value", "said what it must not", "wrong sentence picked"}


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
