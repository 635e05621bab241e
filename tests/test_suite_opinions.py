"""A language model as a judge beside the checks: measured first, and never more than beside."""

from dataclasses import dataclass, field, replace
from datetime import date

import pytest
from llama_index.core.llms import CompletionResponse, CustomLLM, LLMMetadata, MockLLM
from test_suite_labels import UNSURE
from test_suite_runs import TELEWORK, TUNGSTEN

from bots.commands.suite_shown import scored_shown, scored_to_dict
from bots.commands.terminal import console
from corpus.errors import ModelError
from evals.shares import Score, Unscored
from evals.suites.judging.labels import Labels
from evals.suites.model import Suite
from evals.suites.opinions.agreement import agreement_of, cohen_kappa
from evals.suites.opinions.llama_judge import LlamaJudge, vote_in
from evals.suites.opinions.model_judge import Exhibit, FakeModelJudge, Opinion
from evals.suites.opinions.opinion import Opinions, with_opinions
from evals.suites.reports.report import html_report
from evals.suites.run import run_suite, score_run

DAY = date(2026, 12, 1)
WRONG = replace(TELEWORK, id="wrong", must_say=("two days in each week",))
CRITICAL = replace(UNSURE, id="grave", importance="critical")
SUITE = Suite("Telework", (UNSURE, WRONG, CRITICAL, TUNGSTEN), target=0.1)
EXHIBIT = Exhibit("How many days?", ("three days",), ("up to three days",), ("Three days a week.",))
RIGHT = Opinion("m", ("right",) * 3)
NOT_RIGHT = Opinion("m", ("not right",) * 3)
WAVERING = Opinion("m", ("right", "not right", "right"))


@dataclass
class Voter:
    """Votes as it is told, and remembers what it was asked."""

    votes: list[str]
    name: str = "voter"
    fingerprint: str = "voter 1"
    asked: list[Exhibit] = field(default_factory=list)

    def vote(self, exhibit):
        self.asked.append(exhibit)
        return self.votes[(len(self.asked) - 1) % len(self.votes)]


class Down:
    name = fingerprint = "down"

    def vote(self, _exhibit):
        raise ModelError("The model down cannot be asked: no route.", "Check its address.")


@pytest.fixture(scope="module")
def scored(small_assistant):
    return score_run(run_suite(SUITE, small_assistant), small_assistant)


@pytest.fixture
def labels(tmp_path):
    return Labels(tmp_path / "labels.jsonl")


@pytest.fixture
def opinions(tmp_path):
    return Opinions(tmp_path / "opinions.jsonl")


def told(scored, name):
    return next(one for one in scored.results if one.case.id == name).worst


def learned(scored, judge, labels, opinions):
    """Let a person and a model agree on many replies to a case of the suite."""
    case, said = scored.run.reply("unsure")
    for number in range(60):
        is_right = number < 30
        words = "Telework is allowed weekly" if is_right else "Parking costs francs"
        reply = replace(said, lines=(f"{words}, {number}.",))
        labels.add(case, reply, right=is_right, by="", day=DAY)
        opinions.of(case, reply, judge)


def test_only_what_is_to_confirm_or_labelled_is_asked_three_times(scored, labels, opinions):
    judge = Voter(["right"])
    found = with_opinions(scored, judge, labels, opinions)
    assert [one.question for one in judge.asked] == [UNSURE.question] * 6
    assert judge.asked[0].must_say == UNSURE.must_say
    assert judge.asked[0].quotes == ("up to three days in each week",)
    assert told(found, "unsure").opinion == Opinion("voter", ("right",) * 3)
    assert told(found, "wrong").opinion is None


def test_an_opinion_is_shown_and_decides_nothing_before_it_is_measured(
    scored, labels, opinions, small_assistant
):
    found = with_opinions(scored, Voter(["right"]), labels, opinions)
    assert told(found, "unsure").verdict == "to confirm"
    assert found.gates == scored.gates
    assert "a model thinks: right, 3 of 3" in printed(found)
    assert "A model thinks: right, 3 of 3" in html_report(found, small_assistant)
    said = scored_to_dict(found)
    assert said["model"]["trusted"] is False
    assert said["cases"][0]["opinion"] == ["right"] * 3
    assert "Its opinions decide nothing: that takes 50 labels" in printed(found)


def printed(found):
    out = console()
    with out.capture() as held:
        out.print(scored_shown(found))
    return " ".join(held.get().split())


def test_nothing_is_asked_twice_but_of_another_model(scored, labels, opinions, tmp_path):
    with_opinions(scored, Voter(["right"]), labels, opinions)
    again = Voter(["not right"])
    found = with_opinions(scored, again, labels, Opinions(tmp_path / "opinions.jsonl"))
    assert again.asked == []
    assert told(found, "unsure").opinion == Opinion("voter", ("right",) * 3)
    other = Voter(["not right"], fingerprint="voter 2")
    found = with_opinions(scored, other, labels, opinions)
    assert len(other.asked) == 6
    assert told(found, "unsure").opinion == Opinion("voter", ("not right",) * 3)


def test_a_measured_model_settles_what_is_to_confirm_and_nothing_else(
    scored, labels, opinions, small_assistant
):
    judge = FakeModelJudge(least=1.0)
    learned(scored, judge, labels, opinions)
    labels.add(*scored.run.reply("wrong"), right=False, by="", day=DAY)
    labelled = score_run(scored.run, small_assistant, labels)
    found = with_opinions(labelled, judge, labels, opinions)
    assert found.agreement is not None
    assert found.agreement.trusted
    assert (found.agreement.labels, found.agreement.agree) == (61, 61)
    assert (told(found, "unsure").verdict, told(found, "unsure").cause) == ("failed", "not right")
    assert told(found, "wrong").cause == "wrong value"
    assert told(found, "grave").verdict == "to confirm"
    assert found.agreement.settled == ("unsure",)
    assert "It may settle what is to confirm; of these it settled: unsure." in printed(found)


def test_a_measured_model_that_finds_a_reply_right_lets_it_pass(scored, labels, opinions):
    judge = FakeModelJudge()
    learned(scored, judge, labels, opinions)
    found = with_opinions(scored, judge, labels, opinions)
    assert told(found, "unsure").verdict == "passed"
    assert found.scores.six.right.part == scored.scores.six.right.part + 1


def test_an_unsure_majority_settles_nothing(scored, labels, opinions):
    judge = FakeModelJudge()
    learned(scored, judge, labels, opinions)
    case, said = scored.run.reply("unsure")
    opinions.of(case, said, Voter(["unsure"], judge.name, judge.fingerprint))
    found = with_opinions(scored, judge, labels, opinions)
    assert found.agreement.trusted
    assert told(found, "unsure").verdict == "to confirm"


def test_labels_of_another_suite_do_not_count(scored, labels, opinions):
    judge = FakeModelJudge()
    learned(scored, judge, labels, opinions)
    case = replace(TUNGSTEN, id="other")
    suite = replace(SUITE, cases=(case, *SUITE.cases[1:]))
    other = replace(scored, run=replace(scored.run, suite=suite), results=scored.results[1:])
    assert with_opinions(other, judge, labels, opinions).agreement.labels == 0


def test_a_model_that_is_down_leaves_the_run_as_it_was(scored, labels, opinions):
    found = with_opinions(scored, Down(), labels, opinions)
    assert found.results == scored.results
    assert found.gates == scored.gates
    assert "cannot be asked: no route." in printed(found)
    assert "No opinion of it counts." in printed(found)


def test_a_run_without_a_model_says_nothing_of_one(scored, small_assistant):
    assert scored.agreement is None
    assert "model" not in scored_to_dict(scored)
    assert "What a model thinks" not in html_report(scored, small_assistant)


# what it takes to be trusted


@pytest.mark.parametrize(
    ("right", "wrong", "more", "trusted"),
    [
        (25, 25, [], True),
        (25, 24, [], False),  # 49 labels
        (50, 0, [], False),  # all alike: no kappa
        (25, 25, [WAVERING] * 2, True),  # steady on 50 of 52
        (25, 25, [WAVERING] * 3, False),  # steady on 50 of 53
    ],
)
def test_a_model_is_trusted_by_three_bounds(right, wrong, more, trusted):
    pairs = [(True, RIGHT)] * right + [(False, NOT_RIGHT)] * wrong
    found = agreement_of("m", pairs, [one for _, one in pairs] + more)
    assert found.trusted is trusted


def test_a_model_that_agrees_little_beyond_chance_is_not_trusted():
    pairs = [(True, RIGHT)] * 40 + [(False, RIGHT)] * 20 + [(False, NOT_RIGHT)] * 20
    found = agreement_of("m", pairs, [one for _, one in pairs])
    assert found.agree == 60
    assert isinstance(found.kappa, Score)
    assert found.kappa.value == pytest.approx(0.5)
    assert not found.trusted


def test_kappa_is_that_of_a_textbook():
    # Fleiss, Levin, Paik, Statistical Methods for Rates and Proportions, two judges of 50 papers
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    found = cohen_kappa(pairs)
    assert isinstance(found, Score)
    assert found.value == pytest.approx(0.4)
    assert found.low < 0.4 < found.high
    assert isinstance(cohen_kappa([]), Unscored)
    assert isinstance(cohen_kappa([("y", "y")] * 9), Unscored)


def test_votes_without_a_majority_are_unsure():
    assert Opinion("m", ("right", "not right", "unsure")).majority == "unsure"
    assert WAVERING.majority == "right"
    assert WAVERING.in_words == "a model thinks: right, 2 of 3"


# the edge to LlamaIndex


class Told(CustomLLM):
    """Says what it is told, at the temperature that it has."""

    said: str = "RIGHT"
    temperature: float = 0.7

    @property
    def metadata(self):
        return LLMMetadata(model_name="told")

    def complete(self, prompt, formatted=False, **kwargs):  # noqa: ARG002, FBT002  LlamaIndex's own
        if self.said == "fail":
            raise ConnectionRefusedError("nobody is there")
        return CompletionResponse(text=f"{self.said} {self.temperature}\n{len(prompt)}")

    def stream_complete(self, prompt, formatted=False, **kwargs):  # noqa: FBT002  the same
        raise NotImplementedError


@pytest.mark.parametrize(
    ("said", "vote"),
    [
        ("RIGHT", "right"),
        ("**Wrong.**", "not right"),
        ("<think>It may be RIGHT</think>\nWRONG", "not right"),
        ("The reply is right.", "right"),
        ("It is not right", "unsure"),
        ("RIGHT or WRONG, who knows", "unsure"),
        ("", "unsure"),
        ("UNSURE", "unsure"),
    ],
)
def test_a_vote_is_one_word(said, vote):
    assert vote_in(said) == vote


def test_any_model_of_llama_index_can_vote_and_is_asked_at_temperature_nought():
    mine = Told()
    judge = LlamaJudge(mine)
    assert judge.name == "Told told"
    assert judge.vote(EXHIBIT) == "right"
    assert judge._model.temperature == 0.0  # noqa: SLF001  it is what is asked
    assert mine.temperature == 0.7
    assert judge.fingerprint != LlamaJudge(MockLLM()).fingerprint


def test_a_model_is_shown_the_case_and_the_reply():
    echo = MockLLM()  # says its prompt again
    said = echo.complete(str(EXHIBIT)).text
    assert "Three days a week." in said
    assert LlamaJudge(echo).vote(EXHIBIT) == "unsure"  # for the prompt names every vote


def test_a_model_that_cannot_be_asked_is_told_with_what_to_do():
    with pytest.raises(ModelError, match="Told told cannot be asked: nobody is there"):
        LlamaJudge(Told(said="fail")).vote(EXHIBIT)
