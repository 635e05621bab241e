"""A new index tried out: which cases quote text that would change, vanish or move."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from in_step import assistant_of, build, put, rule
from test_index_command import charter, contents

from assistant.settings import load_settings
from assistant.wiring import index_corpus
from bots.commands.exits import Exit
from bots.commands.indexing_shown import show_check
from bots.commands.rehearsal_shown import FATES
from bots.web.show import HERE
from evals.suites.change.affected import Affected, Fate, affected_cases
from evals.suites.folder import SuiteFolder
from evals.suites.model import Case, Evidence, Suite
from indexing.progress import SilentProgress

LEAVE = """\
# Leave

## 1. Earning leave

A staff member earns two and a half days in each month.

| Appointment | Days |
|---|---|
| Fixed-term | 45 |
| Temporary | 18 |

## 2. Carrying over

Unused days may be carried over to the next year. A request states the number of days.

## 3. Anything else

The supervisor decides.
"""
ROW = Evidence("leave", "1. Earning leave", "Fixed-term\t45")
SENTENCE = Evidence("Leave", quote="Unused days may be carried over to the next year.")
SECTION = Evidence("leave", "2. Carrying over")
SERVED = {"current", "report.json"}
Look = Callable[..., tuple[Affected, ...]]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Say what becomes of places when the document becomes another text; None is that it goes."""

    def affected(text: str | None, *places: Evidence, **more: object) -> tuple[Affected, ...]:
        put(tmp_path / "one", {"leave.md": LEAVE, "gym.md": rule("Gym", "It is open.")})
        put(tmp_path / "other", {"gym.md": rule("Gym", "It is open.")})
        if text is not None:
            put(tmp_path / "other", {"leave.md": text})
        case = Case("one", "How many days?", must_say=("45",), evidence=places)
        suites = {"leave": Suite("Leave", (replace(case, **more),))}  # type: ignore[arg-type]  # fields of a case
        both = []
        for name in ("one", "other"):
            build(tmp_path / name, tmp_path / f"{name}-home")
            both.append(assistant_of(tmp_path / name, tmp_path / f"{name}-home"))
        try:
            return affected_cases(suites, *(one.shelf() for one in both))
        finally:
            for one in both:
                one.close()

    return affected


def test_what_stays_as_it_is_is_not_told(look: Look) -> None:
    text = LEAVE.replace("The supervisor", "The director")
    assert look(text, ROW, SENTENCE, SECTION, Evidence("leave")) == ()


def test_a_row_that_changes_is_shown_before_and_after(look: Look) -> None:
    (found,) = look(LEAVE.replace("| 45 |", "| 54 |"), ROW)
    assert (found.suite, found.case.id, found.fate) == ("leave", "one", "text changed")
    assert (found.before, found.after) == ("Fixed-term\t45", "Fixed-term\t54")
    assert (found.title, found.section) == ("Leave", "1. Earning leave")


def test_a_row_whose_columns_get_other_names_is_shown_with_them(look: Look) -> None:
    (found,) = look(LEAVE.replace("| Days |", "| Hours |"), ROW)
    assert found.fate == "text changed"
    assert (found.before, found.after) == ("Appointment\tDays", "Appointment\tHours")


def test_a_sentence_that_vanishes_has_no_nearest_text(look: Look) -> None:
    text = LEAVE.replace("Unused days may be carried over to the next year. ", "")
    (found,) = look(text, SENTENCE)
    assert (found.fate, found.after) == ("text gone", "")


def test_a_sentence_that_moves_names_both_headings(look: Look) -> None:
    words = "Unused days may be carried over to the next year."
    text = LEAVE.replace(f"{words} ", "").replace("decides.", f"decides.\n\n{words}")
    (found,) = look(text, SENTENCE)
    assert found.fate == "text moved"
    assert (found.section, found.section_after) == ("2. Carrying over", "3. Anything else")
    assert found.before == found.after == words


def test_of_a_section_the_first_sentence_that_is_not_left_is_shown(look: Look) -> None:
    (found,) = look(LEAVE.replace("states the number", "names the number"), SECTION)
    assert found.fate == "text changed"
    assert found.before == "A request states the number of days."
    assert found.after == "A request names the number of days."


def test_a_section_that_vanishes_is_told(look: Look) -> None:
    text = LEAVE.replace("## 2. Carrying over", "## 2. Holding back")
    assert [one.fate for one in look(text, SECTION)] == ["section gone"]


def test_a_document_that_goes_is_told_for_each_of_its_places(look: Look) -> None:
    found = look(None, ROW, SENTENCE)
    assert [one.fate for one in found] == ["document gone"] * 2
    assert found[0].before == "Fixed-term\t45"


def test_a_document_under_another_title_offers_that_title(look: Look) -> None:
    text = LEAVE.replace("# Leave", "---\nid: absence\ntitle: Leaves\n---\n\n# Leaves", 1)
    (found,) = look(text, replace(SENTENCE, document="Leave"))
    assert (found.fate, found.after) == ("document gone", "Leaves")


def test_of_a_place_that_a_question_is_asked_without_it_is_told_when_it_is_gone(
    look: Look,
) -> None:
    hidden = {"expected": "refuse", "must_say": (), "without": (SECTION,)}
    assert look(LEAVE.replace("number of days", "days"), **hidden) == ()
    text = LEAVE.replace("## 2. Carrying over", "## 2. Holding back")
    assert [one.fate for one in look(text, **hidden)] == ["section gone"]


def test_a_place_that_is_not_there_now_is_not_told(look: Look) -> None:
    assert look(None, Evidence("leave", quote="There are 99 days."), Evidence("nowhere")) == ()


def test_the_terminal_and_the_page_say_what_becomes_of_a_place_in_the_same_words() -> None:
    page = (HERE / "templates" / "_hr.html").read_text("utf-8")
    assert set(FATES) == set(get_args(Fate))
    assert [f for f, words in FATES.items() if f'"{f}": _("{words}")' not in page] == []


@pytest.mark.slow
def test_where_nothing_is_new_what_is_served_fails_and_nothing_is_held_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = put(tmp_path / "documents", {"leave.md": LEAVE})
    settings = load_settings(corpus=folder, home=tmp_path / "home", gate=("leave",))
    index_corpus(settings, SilentProgress())
    case = Case("one", "How many days has a fixed-term appointment?", must_say=("99",))
    SuiteFolder(settings.suites_folder).write("leave", Suite("Leave", (case,)), state="")
    assert show_check(settings, as_json=False) == Exit.FAILED
    said = capsys.readouterr().out
    assert "What is served fails its suites; there is no new index." in said
    assert "held back" not in said
    assert show_check(settings, as_json=True) == Exit.FAILED
    found = json.loads(capsys.readouterr().out)
    assert (found["held_back"], found["served_fails"]) == (False, True)


@pytest.mark.slow
def test_a_check_says_what_would_change_and_changes_nothing(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", put(tmp_path / "documents", {"leave.md": LEAVE})
    assert charter(home, "index", str(folder)).returncode == 0
    suite = "suite: L\ncases:\n- question: How many days has a fixed-term appointment?\n"
    suite += "  must_say: '45'\n  evidence:\n    document: leave\n    quote: \"Fixed-term\\t45\"\n"
    put(home / "suites", {"leave.yaml": suite})
    before = contents(home)
    assert charter(home, "index", "--check").returncode == 0
    put(folder, {"leave.md": LEAVE.replace("| 45 |", "| 54 |"), "bad.docx": b"PK\x03\x04"})
    ended = charter(home, "index", "--check")
    said = " ".join(ended.stdout.split())
    assert ended.returncode == 6
    assert "1 case quotes text that would change or vanish:" in said
    assert "now: Fixed-term | 45 nearest: Fixed-term | 54" in said
    assert "bad.docx is cut off or damaged" in said
    assert max(map(len, ended.stdout.splitlines())) <= 80
    ended = charter(home, "index", "--check", "--json", CHARTER_GATE="leave")
    found = json.loads(ended.stdout)
    assert ended.returncode == 1
    assert (found["held_back"], found["cases_affected"]) == (True, 1)
    assert found["gate"][0]["failed"][0]["cause"] == "out of date"
    assert found["affected"][0]["before"] == "Fixed-term\t45"
    after, served = contents(home), (home / "current").read_text().strip()
    kept = [path for path in before if served in path.parts or path.name in SERVED]
    assert len(kept) > len(SERVED)
    assert {path: after[path] for path in kept} == {path: before[path] for path in kept}
    assert not (home / "held-back.json").exists()
    ended = charter(home, "index", CHARTER_GATE="leave")
    assert ended.returncode == 1
    assert "(out of date)" in ended.stderr
    assert charter(home, "index", "--serve-anyway", CHARTER_GATE="leave").returncode == 0


@pytest.mark.slow
def test_a_check_names_twins_and_the_versions_that_would_answer(tmp_path: Path) -> None:
    home = tmp_path / "home"
    front = {"id": "gym", "version": "1", "effective_from": "2020-01-01"}
    one = rule("Gym", "It is open.", **front)
    two = rule("Gym", "It is closed.", **{**front, "version": "2", "effective_from": "2021-01-01"})
    folder = put(tmp_path / "documents", {"hr/one.md": one})
    assert charter(home, "index", str(folder)).returncode == 0
    put(folder, {"copy.md": one, "hr/two.md": two})
    ended = charter(home, "index", "--check")
    said = " ".join(ended.stdout.split())
    assert ended.returncode == 0, ended.stderr
    assert "copy.md: It is the same document and version as hr/one.md" in said
    assert "would go on answering" not in said
    assert "Gym: Version 2 would answer in the place of version 1." in said
    found = json.loads(charter(home, "index", "--check", "--json").stdout)
    assert [(one["before"], one["after"]) for one in found["in_force"]] == [("1", "2")]
