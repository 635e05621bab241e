"""A new index is held back until its suites pass; damage to documents is caught with its cause."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import FILLER, LEAVE, TELEWORK
from in_step import put, rule

from assistant.held_back import read_held_back
from assistant.settings import Settings, load_settings
from assistant.wiring import build_assistant, index_corpus
from bots.commands.gate_examined import examine_gate
from bots.gate import gate, held_back
from bots.in_step import bring_in_step
from bots.server import serve_forever
from corpus.errors import IndexHeldBack, SettingsError
from evals.suites.folder import SuiteFolder
from evals.suites.model import Case, Evidence, Suite
from indexing.build import served_manifest
from indexing.progress import SilentProgress
from indexing.report import BuildReport
from indexing.survey import Options

CARRIED = Case(
    "carried-over",
    "How many days of annual leave may be carried over under a fixed-term appointment?",
    must_say=("45",),
    evidence=(Evidence("annual-leave", "2. Entitlement", "Fixed-term\t2.5\t45\t10\t60"),),
)
TELEWORKED = Case(
    "telework",
    "On how many days in each week may a staff member telework?",
    must_say=("three days",),
    evidence=(Evidence("Policy on telework", quote="up to three days in each week"),),
)
OFF_TOPIC = Case(
    "beginning-of-weeks",
    "On which day does the week begin in each month?",
    expected="refuse",
    why="off topic",
)
SUITE = Suite("Small", (CARRIED, TELEWORKED, OFF_TOPIC), target=0.2)
DOCUMENTS = {
    "leave.md": LEAVE + FILLER,
    "telework.md": TELEWORK.format(version=2, since="2024-09-01", days="three"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with documents, a suite and an index of them; tests copy it."""
    folder = tmp_path_factory.mktemp("gate")
    put(folder / "documents", DOCUMENTS)
    index_corpus(settings_of(folder), SilentProgress())
    keep(settings_of(folder), SUITE)
    return folder


@pytest.fixture
def settings(built: Path, tmp_path: Path) -> Settings:
    shutil.copytree(built, tmp_path / "copy")
    return settings_of(tmp_path / "copy", gate=("small",))


def settings_of(folder: Path, **more: object) -> Settings:
    return load_settings(corpus=folder / "documents", home=folder / "home", **more)


def keep(settings: Settings, suite: Suite, name: str = "small") -> None:
    folder = SuiteFolder(settings.suites_folder)
    state = folder.open(name).state if name in folder.names() else ""
    folder.write(name, suite, state=state)


def index(settings: Settings, *, serve_anyway: bool = False) -> BuildReport:
    options = Options(approve=gate(settings, serve_anyway=serve_anyway))
    return index_corpus(settings, SilentProgress(), options)


def refused(settings: Settings) -> str:
    """Index, and return why the new index is held back; the one before goes on being served."""
    before = served_manifest(settings.home)
    with pytest.raises(IndexHeldBack) as caught:
        index(settings)
    assert before
    assert served_manifest(settings.home) == before
    whole = {one.parent.name for one in (settings.home / "generations").glob("*/manifest.json")}
    assert max(whole) == before.generation
    return str(caught.value)


def test_an_index_that_passes_is_served_and_says_so(settings: Settings) -> None:
    put(settings.corpus, {"gym.md": rule("Gym", "The gym is open.")})
    report = index(settings)
    assert report.added == ("gym.md",)
    assert report.approved[0].startswith("Suite small: NOT ENOUGH EVIDENCE.")
    assert held_back(settings) is None


def test_a_document_that_is_removed_holds_the_new_index_back(settings: Settings) -> None:
    (settings.corpus / "telework.md").unlink()
    assert "telework (document missing)" in refused(settings)


def test_a_row_of_a_table_that_is_altered_holds_the_new_index_back(settings: Settings) -> None:
    put(settings.corpus, {"leave.md": (LEAVE + FILLER).replace("| 45 |", "| 54 |")})
    assert "carried-over (out of date)" in refused(settings)


def test_a_value_that_is_altered_is_called_a_wrong_value_where_no_quote_is_pinned(
    settings: Settings,
) -> None:
    case = replace(TELEWORKED, evidence=(Evidence("telework", "1. Days of telework"),))
    keep(settings, replace(SUITE, cases=(case,)))
    changed = DOCUMENTS["telework.md"].replace("three days", "four days")
    put(settings.corpus, {"telework.md": changed})
    assert "telework (wrong value)" in refused(settings)


def test_a_threshold_that_is_opened_wide_holds_the_next_index_back(settings: Settings) -> None:
    put(settings.corpus, {"gym.md": rule("Gym", "The gym is open.")})
    wide = settings.model_copy(update={"answer_threshold": 0.0, "closest_threshold": 0.0})
    assert "beginning-of-weeks (should not have answered)" in refused(wide)
    assert index(settings).changed


def test_what_is_held_back_is_remembered_until_the_folder_is_as_it_was(settings: Settings) -> None:
    removed = settings.corpus / "telework.md"
    removed.unlink()
    said = refused(settings)
    found = held_back(settings)
    assert found
    assert f"{found.problem} {found.remedy}" == said
    (finding,) = examine_gate(settings)
    assert (finding.level, "telework (document missing)" in finding.problem) == ("warning", True)
    put(settings.corpus, {removed.name: DOCUMENTS[removed.name]})
    assert held_back(settings) is None
    (finding,) = examine_gate(settings)
    assert finding.level == "ok"


def test_a_document_that_is_removed_is_withheld_although_the_new_index_is_held_back(
    settings: Settings,
) -> None:
    # a copied index names the folder that it was copied with
    index_corpus(settings, SilentProgress(), Options(again=True))
    (settings.corpus / "telework.md").unlink()
    refused(settings)
    assistant = build_assistant(settings)
    try:
        assert "telework" not in {one.metadata.id for one in assistant.catalogue()}
    finally:
        assistant.close()


def test_a_server_starts_with_the_index_from_before_and_says_why(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    put(settings.corpus, {"leave.md": (LEAVE + FILLER).replace("| 45 |", "| 54 |")})
    assistant = build_assistant(settings)
    try:
        bring_in_step(settings, assistant)
        assistant.ready()
    finally:
        assistant.close()
    said = capsys.readouterr().err
    assert "carried-over (out of date)" in said
    assert "The index from before is served." in said


def test_it_is_served_when_the_case_is_mended(settings: Settings) -> None:
    put(settings.corpus, {"leave.md": (LEAVE + FILLER).replace("| 45 |", "| 54 |")})
    refused(settings)
    asked = gate(settings)
    assert asked
    before = asked.standing
    place = replace(CARRIED.evidence[0], quote="Fixed-term\t2.5\t54\t10\t60")
    mended = replace(CARRIED, must_say=("54",), evidence=(place,))
    keep(settings, replace(SUITE, cases=(mended, TELEWORKED, OFF_TOPIC)))
    assert asked.standing != before
    assert index(settings).replaced == ("leave.md",)
    assert read_held_back(settings.home) is None
    assert not (settings.home / "held-back.json").exists()


def test_it_can_be_served_anyway_and_says_what_fails(settings: Settings) -> None:
    (settings.corpus / "telework.md").unlink()
    report = index(settings, serve_anyway=True)
    assert report.removed == ("telework.md",)
    assert "telework (document missing)" in report.approved[0]
    assert report.approved[-1] == "It is served all the same, as was asked for."


def test_the_first_index_is_served_although_it_fails(tmp_path: Path) -> None:
    put(tmp_path / "documents", {"leave.md": DOCUMENTS["leave.md"]})
    settings = settings_of(tmp_path, gate=("small",))
    keep(settings, replace(SUITE, cases=(replace(TELEWORKED, importance="critical"),)))
    report = index(settings)
    assert report.changed
    assert "FAIL" in report.approved[0]
    assert report.approved[-1].endswith("for nothing was served before.")


def test_a_draft_and_a_watched_case_hold_nothing_back(settings: Settings) -> None:
    draft, watched = replace(TELEWORKED, state="draft"), replace(CARRIED, importance="watch")
    keep(settings, replace(SUITE, cases=(draft, watched, OFF_TOPIC)))
    (settings.corpus / "telework.md").unlink()
    assert index(settings).removed == ("telework.md",)


def test_a_suite_that_failed_before_holds_back_and_says_that_it_did(settings: Settings) -> None:
    wrong = replace(TELEWORKED, must_say=("nine days",), importance="critical")
    keep(settings, replace(SUITE, cases=(wrong,)))
    put(settings.corpus, {"gym.md": rule("Gym", "The gym is open.")})
    assert "What is served fails it too." in refused(settings)


def test_a_suite_that_is_not_there_is_an_error_that_names_those_that_are(
    settings: Settings,
) -> None:
    wrong = settings.model_copy(update={"gate": ("smal",)})
    for begin in (gate, serve_forever):  # a server does not wait until a document changes
        with pytest.raises(SettingsError, match=r"“smal”.*There are: small, policies, strategies"):
            begin(wrong)
