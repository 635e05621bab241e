"""The inbox of votes: clusters until a person decides, and what becomes of the draft cases."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from staff_asked import ALSO_DOGS, DOGS, TELEWORK, staff

from assistant.wiring import records_address as address_of
from corpus.errors import SuiteRefused
from evals.feedback.asked import Hearing
from evals.feedback.deciding import Deciding, Subject
from evals.feedback.decisions import Decision, Decisions, LastDecided
from evals.feedback.triage import Item, Triage
from evals.suites.authoring.editing import reviewed
from evals.suites.folder import KeptRun, Stored, SuiteFolder
from evals.suites.model import Case, Suite
from evals.suites.reports.told import told_of
from evals.suites.run import run_suite, score_run


@pytest.fixture
def people(small_home, small_corpus, tmp_path):
    with staff(small_home, small_corpus, tmp_path) as people:
        yield people


@pytest.fixture
def folder(people):
    return SuiteFolder(people.assistant.settings.suites_folder)


@pytest.fixture
def decisions(people):
    with closing(Decisions(address_of(people.assistant.settings))) as made:
        yield made


@pytest.fixture
def triage(people, decisions, folder):
    return Triage(Hearing(people.assistant, people.ledgers), decisions, folder)


@pytest.fixture
def deciding(people, decisions, folder):
    return Deciding(people.assistant, decisions, folder)


def subject(item: Item) -> Subject:
    return Subject("votes", item.wordings, item.receipts)


def test_votes_on_one_question_are_one_item_with_reasons_and_words_without_names(people, triage):
    first, other = people.ask(DOGS), people.ask(ALSO_DOGS)
    people.vote(first, "one", reason="missing", words="Marie Curie says it was allowed")
    people.vote(other, "two", reason="missing")
    people.vote(other, "three", helpful=True)
    (item,) = triage.inbox(30)
    assert set(item.wordings) == {DOGS, ALSO_DOGS}
    assert (item.unhelpful, item.helpful, item.reasons) == (2, 1, {"missing": 2})
    assert [one.text for one in item.said] == ["[name] says it was allowed"]
    assert item.waits
    assert item.open in item.receipts
    assert triage.inbox(30, "helpful") == ()


def test_votes_on_questions_for_a_group_are_counted_and_none_of_their_words_are_read(
    people, triage
):
    board = people.ask(DOGS, groups=frozenset({"board"}))
    people.vote(board, "one", reason="missing", words="As the board decided")
    people.vote(people.ask(TELEWORK, groups=frozenset({"board"})), helpful=True)
    people.vote(people.ask(ALSO_DOGS), "two")
    inbox = triage.read(30)
    (item,) = inbox.items
    assert (item.wordings, item.said, item.unhelpful) == ((ALSO_DOGS,), (), 1)
    assert inbox.of_groups == 1
    helpful = triage.read(30, "helpful")
    assert (helpful.items, helpful.of_groups) == ((), 1)
    assert triage.item(board, 30) is None


def test_the_most_votes_come_first_and_what_is_decided_last(people, triage, deciding):
    dogs, telework = people.ask(DOGS), people.ask(TELEWORK)
    for voter in ("one", "two"):
        people.vote(dogs, voter)
    people.vote(telework, "one")
    assert [one.name for one in triage.inbox(30)] == [DOGS, TELEWORK]
    deciding.decide(subject(triage.inbox(30)[0]), "no problem", "It is forbidden by law.")
    waiting, decided = triage.inbox(30)
    assert (waiting.name, decided.name) == (TELEWORK, DOGS)
    assert decided.decided
    assert decided.decided.reason == "It is forbidden by law."
    assert not decided.waits


def test_what_was_decided_comes_back_when_somebody_votes_again(people, triage, deciding):
    reply = people.ask(DOGS)
    people.vote(reply, "one")
    deciding.decide(subject(triage.inbox(30)[0]), "done", "")
    assert not triage.inbox(30)[0].waits
    people.vote(reply, "two")
    (item,) = triage.inbox(30)
    assert item.waits
    assert item.reopened


def test_a_draft_goes_into_the_suite_and_says_where_it_comes_from(people, triage, deciding, folder):
    reply = people.ask(DOGS)
    people.vote(reply)
    case = deciding.draft("Office life", subject(triage.inbox(30)[0]), make="refuse")
    (kept,) = folder.open("Office life").suite.cases
    assert kept == case
    assert (kept.state, kept.expected, kept.why) == ("draft", "refuse", "not in documents")
    assert not kept.counts
    assert kept.tags == ("from votes",)
    assert reply in kept.notes
    (item,) = triage.inbox(30)
    assert not item.waits
    assert item.case
    assert (item.case.suite, item.case.case, item.case.came) == (
        "Office life",
        case.id,
        "not asked",
    )


OWN = Case("own", "What?", must_say=("x",))


def test_a_button_that_is_pressed_twice_makes_one_case_beside_what_is_there(
    people, triage, deciding, folder
):
    folder.write("Office", Suite("Office", (OWN,)), state="")
    people.vote(people.ask(DOGS), "one")
    once, again = (
        deciding.draft("Office", subject(triage.inbox(30)[0]), make="answer") for _ in range(2)
    )
    assert once == again
    assert folder.open("Office").suite.cases == (OWN, once)
    other = deciding.draft("Office", subject(triage.inbox(30)[0]), make="refuse")
    assert folder.open("Office").suite.cases == (OWN, once, other)


def test_a_case_whose_decision_was_not_kept_is_found_again_although_more_was_asked_since(
    people, triage, deciding, decisions, folder
):
    people.vote(people.ask(ALSO_DOGS))
    stopped = Deciding(people.assistant, Unkept(address_of(people.assistant.settings)), folder)
    with pytest.raises(KeyboardInterrupt):
        stopped.draft("Office", subject(triage.inbox(30)[0]), make="refuse")
    (made,) = folder.open("Office").suite.cases
    for voter in ("one", "two"):
        people.vote(people.ask(DOGS), voter)
    (item,) = triage.inbox(30)
    assert item.waits
    assert item.name == DOGS
    assert deciding.draft("Office", subject(item), make="refuse") == made
    assert folder.open("Office").suite.cases == (made,)
    assert not triage.inbox(30)[0].waits
    assert [one.case for one in decisions.all()] == [made.id]


class Unkept(Decisions):
    """Decisions of a process that is ended before it keeps one."""

    def add(self, decision: Decision) -> None:
        raise KeyboardInterrupt(decision.case)


def test_who_changes_the_suite_at_the_same_time_loses_nothing(people, triage, decisions, folder):
    people.vote(people.ask(DOGS))
    shared = Shared(people.assistant.settings.suites_folder, times=1)
    deciding = Deciding(people.assistant, decisions, shared)
    made = deciding.draft("Office", subject(triage.inbox(30)[0]), make="refuse")
    assert folder.open("Office").suite.cases == (OWN, made)


def test_a_suite_that_changes_all_the_time_is_told_and_nothing_is_decided(
    people, triage, decisions
):
    people.vote(people.ask(DOGS))
    shared = Shared(people.assistant.settings.suites_folder, times=99)
    with pytest.raises(SuiteRefused, match="changes all the time"):
        Deciding(people.assistant, decisions, shared).draft(
            "Office", subject(triage.inbox(30)[0]), make="refuse"
        )
    assert decisions.all() == ()


class Shared(SuiteFolder):
    """A folder in which somebody else changes a suite whenever it was opened, so many times."""

    def __init__(self, folder: Path, times: int) -> None:
        super().__init__(folder)
        self._left = times

    def write(self, name: str, suite: Suite, *, state: str) -> Stored:
        if self._left:
            self._left -= 1
            now = state and self.open(name).state
            super().write(name, Suite(name, (OWN,), target=self._left / 100), state=now)
        return super().write(name, suite, state=state)


def test_a_helpful_answer_becomes_a_watched_case_with_what_it_cites(
    people, triage, deciding, folder
):
    people.vote(people.ask(TELEWORK), helpful=True)
    (item,) = triage.inbox(30, "helpful")
    case = deciding.draft("Good", subject(item), make="watch")
    assert case.importance == "watch"
    assert case.evidence[0].document == "telework"
    assert "three days" in case.evidence[0].quote
    assert case.evidence[0].sha256
    scored = score_run(run_suite(folder.open("Good").suite, people.assistant), people.assistant)
    assert scored.results[0].passed


def test_a_watched_case_quotes_no_reply_that_was_given_to_a_group(people, deciding):
    board = people.ask(TELEWORK, groups=frozenset({"board"}))
    assert '"telework"' in people.assistant.receipts.find(board).reply
    for_board = Subject("votes", (TELEWORK,), (board,))
    assert deciding.draft("Good", for_board, make="watch").evidence == ()
    newest = Subject("votes", (TELEWORK,), (board, people.ask(TELEWORK)))
    assert deciding.draft("Better", newest, make="watch").evidence[0].document == "telework"


def test_the_inbox_says_since_when_the_case_passes(people, triage, deciding, folder):
    people.vote(people.ask(DOGS))
    deciding.draft("Office", subject(triage.inbox(30)[0]), make="refuse")
    stored = folder.open("Office")
    case = stored.suite.cases[0]
    folder.write("Office", reviewed(stored.suite, [case.id]), state=stored.state)
    run = run_suite(folder.open("Office").suite, people.assistant)
    told = told_of(score_run(run, people.assistant))
    before = told.model_copy(update={"asked_at": told.asked_at - timedelta(days=2)})
    for one in (before, told):  # runs are sorted by their moment
        folder.keep("Office", replace(run, ground=replace(run.ground, asked_at=one.asked_at)), one)
    (item,) = triage.inbox(30)
    assert item.case
    assert (item.case.came, item.case.state) == ("passes", "reviewed")
    assert item.case.since == before.asked_at.date()
    stored = folder.open("Office")
    edited = replace(stored.suite.cases[0], question="Can I bring my cat to the office?")
    folder.write("Office", Suite("Office", (edited,)), state=stored.state)
    assert triage.inbox(30)[0].case.came == "not asked"


def test_a_case_that_fails_or_was_edited_or_is_gone_does_not_pass(people, triage, deciding, folder):
    people.vote(people.ask(TELEWORK))
    deciding.draft("Office", subject(triage.inbox(30)[0]), make="refuse")
    run = run_suite(folder.open("Office").suite, people.assistant)
    folder.keep("Office", run, told_of(score_run(run, people.assistant)))
    assert triage.inbox(30)[0].case.came == "fails"
    stored = folder.open("Office")
    edited = Case(stored.suite.cases[0].id, TELEWORK, must_say=("three days",))
    stored = folder.write("Office", Suite("Office", (edited,)), state=stored.state)
    assert triage.inbox(30)[0].case.came == "not asked"
    folder.remove("Office", state=stored.state)
    assert triage.inbox(30)[0].case.came == "gone"


def test_a_suite_is_read_once_for_all_that_is_shown_and_not_for_the_rest(
    people, decisions, deciding, folder
):
    for question in (DOGS, TELEWORK):
        people.vote(people.ask(question))
    counted = Counted(people.assistant.settings.suites_folder)
    triage = Triage(Hearing(people.assistant, people.ledgers), decisions, counted)
    for item in triage.inbox(30):
        deciding.draft("Office", subject(item), make="refuse")
    run = run_suite(folder.open("Office").suite, people.assistant)
    folder.keep("Office", run, told_of(score_run(run, people.assistant)))
    found = triage.inbox(30)
    assert counted.read == []
    assert {one.case.came for one in found} == {"passes", "fails"}
    assert counted.read == ["Office"]


class Counted(SuiteFolder):
    """A folder that notes of which suites it gave the runs."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.read: list[str] = []

    def runs(self, name: str) -> tuple[KeptRun, ...]:
        self.read.append(name)
        return super().runs(name)


def test_the_last_decision_on_any_receipt_of_a_question_counts(people):
    first = Decision("votes", "done", ("a-1", "a-2"), "What?", people.now())
    last = Decision("votes", "no problem", ("a-2", "a-3"), "What?", people.now())
    other = Decision("unanswered", "done", ("a-1",), "What?", people.now())
    decided = LastDecided((first, last, other), "votes")
    assert decided.on(("a-1",)) == first
    assert decided.on(("a-3", "a-1")) == last
    assert decided.on(("a-4",)) is decided.on(()) is None


def test_a_name_that_no_suite_can_have_is_refused_and_nothing_is_decided(
    people, triage, deciding, decisions
):
    people.vote(people.ask(DOGS))
    with pytest.raises(SuiteRefused):
        deciding.draft("../other", subject(triage.inbox(30)[0]), make="refuse")
    assert decisions.all() == ()


def test_decisions_are_kept_in_their_order_in_any_database(records_address, people):
    made = [
        Decision("votes", "case", ("a-1", "a-2"), "What?", people.now(), "", "Suite", "case"),
        Decision("unanswered", "no problem", ("a-3",), "Why?", people.now(), "So."),
    ]
    with closing(Decisions(records_address)) as first:
        for one in made:
            first.add(one)
    with closing(Decisions(records_address)) as again:
        assert again.all() == tuple(made)
