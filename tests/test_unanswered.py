"""The gap report: what was not answered, clustered, counted, and without names."""

from dataclasses import replace
from datetime import date

import pytest
from staff_asked import ALSO_DOGS, DOGS, GYM, TELEWORK, staff

from assistant.reply import Carried
from assistant.writing.wire import outcome
from evals.feedback.asked import Hearing
from evals.feedback.gaps import Gaps
from evals.feedback.wording import share_in_words
from evals.shares import Score

BOARD = frozenset({"board"})
HEATING = "What does the rule of leave say about the heating of reactors?"


@pytest.fixture
def people(small_home, small_corpus, tmp_path):
    with staff(small_home, small_corpus, tmp_path) as people:
        yield people


@pytest.fixture
def gaps(people):
    return Gaps(Hearing(people.assistant, people.ledgers))


def test_what_asks_the_same_is_one_gap_counted_each_time(people, gaps):
    first = people.ask(DOGS, times=2)
    other = people.ask(ALSO_DOGS)
    people.ask(TELEWORK, times=4)
    report = gaps.report(30)
    (found,) = report.gaps
    assert found.wordings == (DOGS, ALSO_DOGS)
    assert (found.times, found.no_answer + found.closest) == (3, 3)
    assert set(found.receipts) == {first, other}
    assert not found.once
    assert found.open in {first, other}
    assert (report.asked, report.unanswered) == (7, 3)
    assert isinstance(report.share, Score)
    assert report.share.low < 3 / 7 < report.share.high


def test_names_are_removed_and_one_person_s_words_are_marked(people, gaps):
    people.ask(GYM)
    (found,) = gaps.report(30).gaps
    assert found.name == "Is there a gym in the building for [name]?"
    assert found.once
    assert not found.open  # its page shows the name


def test_only_the_days_asked_for_count(people, gaps):
    people.ask(DOGS, ago=40)
    now = gaps.report(30)
    assert sum(one.times for one in now.gaps) == 1  # today's; the other is forty days old
    then = gaps.report(90)
    (found,) = then.gaps
    assert (found.times, (found.last - found.first).days) == (2, 40)


def test_what_was_passed_on_or_said_to_be_missing_is_a_gap_although_it_was_answered(people, gaps):
    reply = people.ask(TELEWORK)
    assert gaps.report(30).gaps == ()
    people.vote(reply, "one", reason="missing")
    people.vote(reply, "two", reason="should_refuse")
    people.vote(reply, "three", reason="wrong")
    people.pass_on(TELEWORK, reply)
    people.pass_on("Who is Ludwig van Beethoven's deputy?")
    by_name = {one.name: one for one in gaps.report(30).gaps}
    told = by_name[TELEWORK]
    assert (told.missing, told.wrongly, told.passed_on, told.no_answer) == (1, 1, 1, 0)
    alone = by_name["Who is [name]'s deputy?"]
    assert (alone.open, alone.passed_on, alone.times) == ("", 1, 1)


def test_a_follow_up_is_told_in_words_that_need_no_conversation(people, gaps):
    first = people.assistant.ask(TELEWORK)
    reply = people.assistant.ask("And for volcanoes?", conversation_id=first.conversation_id)
    understood = people.assistant.receipts.find(reply.id).question.understood
    assert understood
    people.vote(reply.id, reason="missing")
    assert [one.name for one in gaps.report(30).gaps] == [understood]


def test_the_nearest_place_and_whether_it_is_answered_by_now_are_told(gaps):
    looked = gaps.look(HEATING)
    assert looked.outcome != "answer"
    assert looked.closest
    assert looked.closest.title
    assert looked.closest.url.startswith("/documents/")
    assert gaps.look(TELEWORK).outcome == "answer"
    assert gaps.look("[name]").outcome == "no_answer"


def test_what_a_question_gets_now_is_looked_at_again_on_another_day(people):
    days = [date(2024, 8, 31)]
    assistant = replace(people.assistant, today=lambda: days[-1])
    gaps = Gaps(Hearing(assistant, people.ledgers))
    before = gaps.look(TELEWORK)
    days.append(date(2024, 9, 1))  # another version is in force from this day
    now = gaps.look(TELEWORK)
    assert "version=1&" in before.closest.url
    assert "version=2&" in now.closest.url


def test_a_question_is_judged_as_it_was_asked_and_shown_without_the_name(people, gaps):
    people.ask("On how many days may Napoleon Bonaparte telework?")
    (found,) = gaps.report(30).gaps
    assert found.name == "On how many days may [name] telework?"
    assert outcome(people.assistant.trial(found.name)) == "answer"
    assert gaps.look(found.name).outcome != "answer"


def test_a_report_of_no_questions_is_empty_and_without_a_share(gaps):
    report = gaps.report(365)
    assert (report.asked, report.gaps) == (0, ())
    assert not isinstance(report.share, Score)


def test_what_is_not_compared_yet_is_told_and_compared_the_next_time(people):
    people.ask(DOGS)
    people.ask(ALSO_DOGS)
    # of the words of the sampled names nothing is kept: it takes two readings and more
    home = people.assistant.settings.home
    (home / "asked-vectors.npz").unlink(missing_ok=True)
    slow = Gaps(Hearing(people.assistant, people.ledgers, most_new=60))
    reports = [slow.report(30) for _ in range(4)]
    assert not reports[0].all_compared
    assert len(reports[0].gaps) == 2
    assert reports[-1].all_compared
    assert len(reports[-1].gaps) == 1


def test_a_question_for_a_group_is_counted_and_none_of_its_words_are_shown(people, gaps):
    reply = people.ask(DOGS, groups=BOARD)
    people.vote(reply, reason="missing", words="As the board decided")
    people.pass_on(DOGS, reply)
    people.ask(GYM)
    report = gaps.report(30)
    assert [one.name for one in report.gaps] == ["Is there a gym in the building for [name]?"]
    assert (report.asked, report.unanswered, report.of_groups) == (2, 2, 1)
    assert "1 question was asked for a group: counted, and not shown." in share_in_words(report)


def test_a_follow_up_that_rests_on_what_is_not_for_everybody_is_not_shown(people, gaps):
    kept = people.assistant.receipts.find(people.ask(DOGS))
    rests = Carried("Merger with whom?", "Merger with whom?", "", rests_on=("merger@1",))
    question = replace(kept.question, text="With whom?", carried=rests)
    people.assistant.receipts.keep(replace(kept, id="a-merger", question=question))
    report = gaps.report(30)
    assert [one.name for one in report.gaps] == [DOGS]
    assert report.of_groups == 1


def test_what_was_passed_on_of_a_reply_without_a_receipt_is_not_shown(people, gaps):
    people.pass_on(DOGS, "a-gone")
    report = gaps.report(30)
    assert (report.gaps, report.of_groups) == ((), 1)


def test_an_answer_of_a_conversation_is_not_opened_for_it_shows_the_questions_before(people, gaps):
    first = people.assistant.ask(TELEWORK)
    people.assistant.ask(DOGS, conversation_id=first.conversation_id)
    (found,) = gaps.report(30).gaps
    kept = people.assistant.receipts.find(found.receipts[0])
    assert (found.name, kept.question.carried) == (DOGS, None)
    assert not found.open
