"""A new index tried out: built whole, looked at, and never served."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from assistant.ask import Assistant
from assistant.library.catalogue import Force
from assistant.library.shelf import Shelf
from assistant.settings import Settings
from assistant.wiring import assistant_of, build_embedder, index_corpus
from corpus.errors import CharterError
from evals.suites.change.affected import Affected, affected_cases
from evals.suites.change.holding import SuiteVerdict, gate_suites, judge_suites
from evals.suites.change.in_force import OtherVersion, other_versions
from evals.suites.change.tried import Tried
from evals.suites.folder import SuiteFolder
from evals.suites.model import Suite
from evals.suites.run import Tell
from indexing.approval import Candidate
from indexing.build import served_manifest
from indexing.generations import generation_folder
from indexing.manifest import FileRecord, Manifest
from indexing.plan import Plan
from indexing.progress import Progress
from indexing.survey import Instead, Options


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What Charter read of a file that is new or has changed, or why it could not.

    Attributes:
        sections: headings, in order.
        force: whether its rules would hold today; None where it could not be read.
        versions: all versions of the document that there would be, oldest first.
        notes: what the reader repaired or was not sure of.
        audience: groups that may read it; empty is everybody.
        twin: another file that gives the same document and version; only one of them answers.
        earlier: it has changed in the folder already, and is not what is tried out.
        problem, remedy: why it would be left out; empty where it would not.
    """

    relative: str
    title: str = ""
    document: str = ""
    version: str = ""
    effective_from: date | None = None
    sections: tuple[str, ...] = ()
    passages: int = 0
    force: Force | None = None
    versions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    twin: str = ""
    earlier: bool = False
    problem: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What would come of indexing now.

    Attributes:
        plan: what changes among the files.
        read: the files that are new or have changed.
        affected: places of cases that would not be what they are.
        verdicts: of the suites of the gate; empty where the settings name none.
        first: nothing is served now, or nothing that can be used; then nothing holds it back.
        unreadable: suites that could not be looked at, with why.
        in_force: documents of which another version would be in force today, or none.
        earlier: files that have changed in the folder already, and are not what is tried out.
        in_step: the folder is as it is served, so no index would be built; then the verdicts are
            of what is served.
    """

    plan: Plan
    read: tuple[ReadFile, ...]
    affected: tuple[Affected, ...]
    verdicts: tuple[SuiteVerdict, ...]
    first: bool = False
    unreadable: tuple[str, ...] = ()
    in_force: tuple[OtherVersion, ...] = ()
    earlier: tuple[str, ...] = ()
    in_step: bool = False

    @property
    def fails(self) -> bool:
        """Whether a suite of the gate fails on what it was asked of."""
        return any(one.outcome == "FAIL" for one in self.verdicts)

    @property
    def held_back(self) -> bool:
        """Whether the new index would be held back."""
        return self.fails and not self.first and not self.in_step

    @property
    def served_fails(self) -> bool:
        """Whether there is no new index, and what is served does not pass its suites."""
        return self.fails and self.in_step

    @property
    def cases(self) -> int:
        """How many cases quote text that would change or vanish by what is tried out."""
        return len(self._cases(earlier=False))

    @property
    def own(self) -> tuple[ReadFile, ...]:
        """The files that are tried out."""
        return tuple(one for one in self.read if not one.earlier)

    @property
    def cannot_be_read(self) -> bool:
        """Whether nothing of what is tried out can be read."""
        return bool(self.own) and all(one.problem and not one.twin for one in self.own)

    def is_earlier(self, suite: str, case: str) -> bool:
        """Tell whether a case is touched by what has changed in the folder already, and no more."""
        return (suite, case) in self._cases(earlier=True) - self._cases(earlier=False)

    def _cases(self, *, earlier: bool) -> set[tuple[str, str]]:
        return {(one.suite, one.case.id) for one in self.affected if one.earlier is earlier}


def _nobody(done: int, of: int) -> None:
    del done, of


def rehearse(
    settings: Settings,
    progress: Progress,
    instead: tuple[Instead, ...] = (),
    tell: Tell = _nobody,
) -> Rehearsal:
    """Build a new index, look at it, and remove it again; nothing that is served changes.

    Args:
        settings: as for any build.
        progress: hears of the build.
        instead: changes of the folder to try out; without any the folder as it is.
        tell: hears how many questions of how many the suites of the gate have asked.

    Raises:
        CharterError: as from any build, and for a suite of the gate that is not there.
    """
    gate_suites(settings)  # a slip in a name is said before anything is built
    look = _Look(settings, tell, instead)
    try:
        index_corpus(settings, progress, Options(approve=look, instead=instead))
    except _LookedAt as looked:
        return looked.rehearsal
    served = served_manifest(settings.home)
    assert served is not None  # noqa: S101  the build found it in step
    return look.at_what_is_served(served)


class _LookedAt(Exception):
    """Ends a build whose index was looked at, before it is served."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        super().__init__()
        self.rehearsal = rehearsal


@dataclass(frozen=True, slots=True)
class _Look:
    """Looks at a new index in the place of whoever approves, and lets none be served."""

    settings: Settings
    tell: Tell
    instead: tuple[Instead, ...] = ()
    standing: str = field(default="", init=False)

    def __call__(self, candidate: Candidate) -> tuple[str, ...]:
        raise _LookedAt(self._rehearsed(candidate))

    def at_what_is_served(self, served: Manifest) -> Rehearsal:
        """Return what the gate says where nothing would change."""
        folder = generation_folder(self.settings.home, served.generation)
        kept = tuple(one.relative for one in served.files)
        with closing(assistant_of(self.settings, folder)) as assistant:
            verdicts = judge_suites(gate_suites(self.settings), assistant, None, self.tell)
        return Rehearsal(Plan(kept, (), (), ()), (), (), verdicts, in_step=True)

    def _rehearsed(self, candidate: Candidate) -> Rehearsal:
        embedder = build_embedder(self.settings)
        with ExitStack() as opened:
            fresh = assistant_of(self.settings, candidate.folder, embedder)
            opened.callback(fresh.close)
            served = None
            if candidate.served:
                before = generation_folder(candidate.home, candidate.served.generation)
                served = assistant_of(self.settings, before, embedder)
                opened.callback(served.close)
            return self._compared(candidate, fresh, served)

    def _compared(
        self, candidate: Candidate, fresh: Assistant, served: Assistant | None
    ) -> Rehearsal:
        tried = Tried.of(candidate, self.instead)
        rehearsal = Rehearsal(
            candidate.plan,
            tuple(_read_files(candidate, fresh, tried)),
            (),
            judge_suites(gate_suites(self.settings), fresh, served, self.tell),
            first=served is None,
            earlier=tried.others(candidate),
        )
        if served is None:
            return rehearsal
        suites, unreadable = _all_suites(self.settings.suites_folder)
        touched = affected_cases(suites, served.shelf(), fresh.shelf())
        others = other_versions(_whole(served), _whole(fresh))
        return replace(
            rehearsal,
            affected=tuple(replace(one, earlier=not tried.has_any(one.keys)) for one in touched),
            unreadable=unreadable,
            in_force=tuple(replace(one, earlier=not tried.has_any(one.keys)) for one in others),
        )


def _whole(assistant: Assistant) -> Shelf:
    """Return all documents, whoever may read them: HR sees all that it puts there."""
    return Shelf(assistant.live.current(), assistant.today())


def _all_suites(folder: Path) -> tuple[Mapping[str, Suite], tuple[str, ...]]:
    """Return the suites that can be read by name, and why the others cannot."""
    kept = SuiteFolder(folder)
    suites: dict[str, Suite] = {}
    unreadable = []
    for name in kept.names():
        try:
            suites[name] = kept.open(name).suite
        except CharterError as error:
            unreadable.append(f"{name}: {error}")
    return suites, tuple(unreadable)


def _read_files(candidate: Candidate, fresh: Assistant, tried: Tried) -> Iterator[ReadFile]:
    """Give what was read of each file that is new or has changed, also of those packed in one."""
    changed = {*candidate.plan.add, *candidate.plan.replace}
    records = candidate.manifest.files
    left_out = {one.twin: one.relative for one in records if one.twin}
    whole = _whole(fresh)
    for record in records:
        if record.relative in changed or record.archive in changed:
            read = replace(_read_file(record, whole), earlier=not tried.has_file(record))
            twin = record.twin or left_out.get(record.relative, "")
            yield _with_twin(read, twin) if twin else read


def _with_twin(read: ReadFile, twin: str) -> ReadFile:
    return replace(
        read,
        twin=twin,
        problem=f"It is the same document and version as {twin}, and only one of them can answer.",
        remedy="Give it another version, or put it in the place of that file.",
    )


def _read_file(record: FileRecord, whole: Shelf) -> ReadFile:
    if not record.key:
        return ReadFile(record.relative, problem=record.problem, remedy=record.remedy)
    document = whole.index.document(record.key)
    said = document.metadata
    entries = [one for one in whole.entries() if one.metadata.id == said.id]
    entry = next(one for one in entries if one.key == record.key)
    return ReadFile(
        record.relative,
        said.title,
        said.id,
        said.version,
        said.effective_from,
        tuple(one.heading for one in document.sections if one.heading),
        record.passages,
        entry.force,
        tuple(one.metadata.version for one in entries),
        document.notes,
        said.audience,
        problem=record.problem,
        remedy=record.remedy,
    )
