"""Every failure that Charter names, as one tree.

    CharterError
    ├── QuestionError            the question itself cannot be taken
    │   └── FilterUnreadable     a filter of the register that has no such meaning
    ├── DocumentNotFound         no such document, version or section
    ├── ChatModelNotFound        no such model at the door for OpenAI's clients
    ├── CorpusError              the folder of documents
    │   ├── CorpusMissing
    │   └── CorpusEmpty
    ├── UnreadableFile           one file of it (never ends a build)
    │   ├── EmptyFile            no text in it, nor any that could be recognised
    │   ├── WrongFormat          it is not what its name says, or nothing that Charter reads
    │   ├── DamagedFile
    │   ├── EncryptedFile        a password is needed to read it
    │   ├── FileTooLarge         larger, or longer to read, than is allowed
    │   ├── FileForbidden        the account that runs Charter may not read it
    │   └── MetadataUnusable     what is said about it has a mistake: who may read it is not sure
    ├── StoredIndexError         the index
    │   ├── IndexMissing
    │   ├── IndexMismatch        built by another model, schema or splitter
    │   ├── IndexDamaged
    │   └── BuildLocked          another build is running
    ├── IndexHeldBack            a new index may not be served; the one before it goes on
    ├── ModelError               the embedding model
    │   ├── ModelFileMissing
    │   └── ModelFileDamaged     a file's SHA-256 is not the pinned one
    ├── StorageError             a disk that is full, read-only or gone
    ├── ReadersUnavailable       no process can be started to read files in
    ├── RecordNotFound           no such receipt
    ├── IdempotencyKeyReused     the key of a request came with another one before
    ├── IdempotencyKeyBusy       what came with the key is being done
    ├── CommitmentNotFound       no such commitment, or several whose ids begin so
    ├── StatusRefused            what somebody says of a commitment cannot be taken
    ├── StatusOutdated           somebody else spoke of it since it was looked at
    ├── StatusClosed             statuses cannot be set through this door
    ├── SettingsError            a setting that cannot be used
    ├── CalibrationUnusable      a decision file that is missing, broken or made for other signals
    ├── BenchmarkUnusable        a folder that holds no set of questions, or an earlier run
    ├── ProposalRefused          a change of the folder of documents that cannot be proposed
    ├── ProposalNotFound         no such change is proposed
    ├── ProposalOutdated         the folder changed since it was proposed
    ├── CheckBusy                another change is being checked
    ├── SlackError               a request to Slack
    │   ├── SlackRefused         Slack says that it will not do it
    │   ├── SlackLater           it did not get there, or Slack takes it later
    │   └── SlackUnsure          it got there, and nothing says whether it was done
    └── PortInUse

A message is one plain sentence or two: what failed, on which thing, and what to do next.
"""

from typing import Self


class CharterError(Exception):
    """Root of everything that Charter raises on purpose.

    Args:
        problem: what failed, and on which thing; a sentence with its full stop.
        remedy: what to do next; a sentence with its full stop.
    """

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem} {remedy}")
        self.problem = problem
        self.remedy = remedy

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        """Let it go from one process to another, which takes both sentences."""
        return type(self), (self.problem, self.remedy)


class QuestionError(CharterError):
    """The question is empty, too long or not text."""


class FilterUnreadable(QuestionError):
    """What a list from the register is to be filtered by cannot be read."""


class DocumentNotFound(CharterError):
    """No document, version or section goes by that name."""


class ChatModelNotFound(CharterError):
    """A program of OpenAI's protocol asks for a model that is not there."""


class CorpusError(CharterError):
    """The folder of documents cannot be used."""


class CorpusMissing(CorpusError):
    """The folder does not exist or cannot be entered."""


class CorpusEmpty(CorpusError):
    """The folder holds no document that can be read."""


class UnreadableFile(CharterError):
    """One file cannot be read as a document; the others are not affected."""


class EmptyFile(UnreadableFile):
    """It holds no text, nor any that could be recognised."""


class WrongFormat(UnreadableFile):
    """It is not what its name says, or nothing that Charter reads."""


class DamagedFile(UnreadableFile):
    """Its format is broken: cut off, garbled or contradictory."""


class EncryptedFile(UnreadableFile):
    """A password is needed to read it."""


class FileTooLarge(UnreadableFile):
    """It is larger, unpacks to more, or takes longer to read than is allowed."""


class FileForbidden(UnreadableFile):
    """The account that runs Charter may not read it, so nobody is shown what it said."""


class MetadataUnusable(UnreadableFile):
    """What is said about it cannot be used, so nobody is shown it: it may be restricted."""


class StoredIndexError(CharterError):
    """The index cannot be used."""


class IndexMissing(StoredIndexError):
    """Nothing has been indexed yet."""


class IndexMismatch(StoredIndexError):
    """The index was built by another model, schema or way of splitting."""


class IndexDamaged(StoredIndexError):
    """A part of the index is missing or cannot be read."""


class BuildLocked(StoredIndexError):
    """Another build is running in the same home folder."""


class IndexHeldBack(CharterError):
    """A new index is whole and may not be served; what was served before goes on being served."""


class ModelError(CharterError):
    """The embedding model cannot be used."""


class ModelFileMissing(ModelError):
    """A file of the model is not where its package puts it."""


class ModelFileDamaged(ModelError):
    """A file of the model does not have the SHA-256 that Charter pins."""


class StorageError(CharterError):
    """A disk is full, read-only or gone."""


class ReadersUnavailable(CharterError):
    """No process can be started to read files in, or they were closed."""


class RecordNotFound(CharterError):
    """No receipt goes by that id."""


class IdempotencyKeyReused(CharterError):
    """The key of a request came with another request before."""


class IdempotencyKeyBusy(CharterError):
    """What came with the key of a request is being done."""


class CommitmentNotFound(CharterError):
    """No commitment goes by that id, or several have ids that begin so."""


class StatusRefused(CharterError):
    """What somebody says of a commitment has no such status, or text or link that is none."""


class StatusOutdated(CharterError):
    """Somebody else said something of the commitment since it was looked at."""


class StatusClosed(CharterError):
    """Statuses cannot be set through this door."""


class SettingsError(CharterError):
    """A setting has a value that cannot be used."""


class CalibrationUnusable(CharterError):
    """A decision file is missing, broken, or made for other signals."""


class BenchmarkUnusable(CharterError):
    """A folder or file holds no set of questions, or no earlier run, that can be measured with."""


class ProposalRefused(CharterError):
    """A change of the folder of documents cannot be proposed: such a file may not stand there."""


class ProposalNotFound(CharterError):
    """No proposed change goes by that id; it was made or let go."""


class ProposalOutdated(CharterError):
    """The folder is not as it was when a change of it was proposed."""


class CheckBusy(CharterError):
    """Another proposed change is being checked."""


class SuiteUnusable(CharterError):
    """A file holds no suite, or no run of one, that can be read or written."""


class SuiteNotFound(CharterError):
    """No suite, case or kept run goes by that name."""


class SuiteOutdated(CharterError):
    """Somebody else changed the suite since it was looked at."""


class SuiteRefused(CharterError):
    """A suite or case cannot be kept as it was entered."""


class SuiteBusy(CharterError):
    """A suite is being run; one runs at a time."""


class HrClosed(CharterError):
    """The pages for HR are not open to whoever asks."""


class SlackError(CharterError):
    """A request to Slack failed."""


class SlackRefused(SlackError):
    """Slack says that it will not do it; ``code`` is its word for why."""

    code = ""


class SlackLater(SlackError):
    """The request did not get to Slack, or came too often for it; later it may be taken."""


class SlackUnsure(SlackError):
    """The request may have been done: the connection broke, or Slack failed, before it said so."""


class PortInUse(CharterError):
    """Another program listens on the port."""
