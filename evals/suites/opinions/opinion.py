"""A run beside what a language model thinks of it, where one is given; off otherwise.

A model is asked only of what the checks left to confirm and, to be measured, of what people
labelled. It may settle what is to confirm once it is measured well enough on this suite. Critical
cases, wrong values, refusals and all else that a check decides stay as they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import ModelError
from evals.suites.asked import Said
from evals.suites.judging.judge import Judged, settled
from evals.suites.judging.labels import Labels, reply_hash
from evals.suites.judging.lines_file import LinesFile
from evals.suites.judging.scores import CaseResult
from evals.suites.model import Case
from evals.suites.opinions.agreement import Agreement, agreement_of
from evals.suites.opinions.model_judge import VOTES, Exhibit, ModelJudge, Opinion
from evals.suites.run import ScoredRun, scored_from

FILE = "opinions.jsonl"


@dataclass(frozen=True, slots=True)
class _Kept:
    """An opinion as it is kept: what it is about, whose it is, and its hash over all of these."""

    key: str
    case: str
    reply: str
    opinion: Opinion


class Opinions:
    """What models think of replies, in a file that only grows; nothing is asked twice.

    Args:
        file: such as ``suites/runs/NAME/opinions.jsonl``; it is made with the first opinion.
    """

    def __init__(self, file: Path) -> None:
        self._file = LinesFile(file, _Kept)
        self._kept: dict[str, _Kept] | None = None

    def of(self, case: Case, said: Said, judge: ModelJudge) -> Opinion:
        """Return what a model thinks of a reply; it is asked if it was not before.

        Raises:
            ModelError: it cannot be asked.
            SuiteUnusable, StorageError: the file cannot be read or written.
        """
        key = _key(case.fingerprint, reply_hash(said), judge)
        if key not in self._read():
            quotes = tuple(filter(None, (one.quote for one in case.evidence)))
            exhibit = Exhibit(case.question, case.must_say, quotes, said.lines)
            votes = tuple(judge.vote(exhibit) for _ in range(VOTES))
            kept = _Kept(key, case.fingerprint, reply_hash(said), Opinion(judge.name, votes))
            self._file.add(kept)
            self._read()[key] = kept
        return self._read()[key].opinion

    def known(self, judge: ModelJudge) -> dict[tuple[str, str], Opinion]:
        """Return all that a model said so far, by case and reply.

        Raises:
            SuiteUnusable, StorageError: the file cannot be read.
        """
        return {
            (one.case, one.reply): one.opinion
            for key, one in self._read().items()
            if key == _key(one.case, one.reply, judge)
        }

    def _read(self) -> dict[str, _Kept]:
        if self._kept is None:
            self._kept = {one.key: one for one in self._file.read()}
        return self._kept


def with_opinions(
    scored: ScoredRun, judge: ModelJudge, labels: Labels, opinions: Opinions
) -> ScoredRun:
    """Return a run with a model's opinions beside its verdicts, and what they are worth.

    Args:
        scored: by the checks; not yet held against an earlier run.
        judge: the model.
        labels: what people said of replies to this suite, which the run was scored with.
        opinions: what models said of them before.

    Raises:
        SuiteUnusable, StorageError: labels or opinions cannot be read or kept.
    """
    problem = _ask(scored, judge, opinions)
    known = opinions.known(judge)
    agreement = replace(_measured(scored, judge, labels, known), problem=problem)
    results = tuple(_with(result, known, agreement) for result in scored.results)
    before = {one.case.id: one.worst.verdict for one in scored.results}
    changed = [one.case.id for one in results if one.worst.verdict != before[one.case.id]]
    told = replace(agreement, settled=tuple(changed))
    return replace(scored_from(scored.run, results), agreement=told)


def _ask(scored: ScoredRun, judge: ModelJudge, opinions: Opinions) -> str:
    """Ask what there is to ask; return why that failed, empty where it did not."""
    try:
        for case, judged, said in _answers(scored):
            if judged.verdict == "to confirm" or judged.label:
                opinions.of(case, said, judge)
    except ModelError as error:
        return str(error)
    return ""


def _measured(
    scored: ScoredRun,
    judge: ModelJudge,
    labels: Labels,
    known: dict[tuple[str, str], Opinion],
) -> Agreement:
    """Measure a model on the labels of this suite's cases, of earlier replies too."""
    cases = {case.fingerprint for case in scored.run.suite.cases}
    mine = {about: one for about, one in known.items() if about[0] in cases}
    pairs = [
        (one.right, mine[one.case, one.reply])
        for one in labels.all()
        if (one.case, one.reply) in mine
    ]
    return agreement_of(judge.name, pairs, list(mine.values()))


def _with(
    result: CaseResult, known: dict[tuple[str, str], Opinion], agreement: Agreement
) -> CaseResult:
    """Put opinions beside the verdicts on a case, and settle what they may."""
    may = agreement.trusted and result.case.importance != "critical"
    wordings = []
    for judged in result.wordings:
        said = judged.asked.came
        about = (result.case.fingerprint, reply_hash(said)) if isinstance(said, Said) else None
        opinion = known.get(about) if about else None
        beside = replace(judged, opinion=opinion)
        sure = may and opinion is not None and opinion.majority != "unsure"
        right = opinion is not None and opinion.majority == "right"
        wordings.append(settled(beside, right=right) if sure else beside)
    return replace(result, wordings=tuple(wordings))


def _answers(scored: ScoredRun) -> Iterator[tuple[Case, Judged, Said]]:
    for result in scored.results:
        for judged in result.wordings:
            said = judged.asked.came
            if result.case.expected == "answer" and isinstance(said, Said):
                yield result.case, judged, said


def _key(case: str, reply: str, judge: ModelJudge) -> str:
    return hashlib.sha256(f"{case}\n{reply}\n{judge.fingerprint}".encode()).hexdigest()
