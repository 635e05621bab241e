"""The kinds of problem that every door tells of, in one table: address, status, title, meaning."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.errors import (
    BuildLocked,
    CalibrationUnusable,
    CharterError,
    ChatModelNotFound,
    CheckBusy,
    CommitmentNotFound,
    CorpusEmpty,
    CorpusError,
    CorpusMissing,
    DocumentNotFound,
    FilterUnreadable,
    HrClosed,
    IdempotencyKeyBusy,
    IdempotencyKeyReused,
    IndexDamaged,
    IndexMismatch,
    IndexMissing,
    ModelError,
    ModelFileDamaged,
    ModelFileMissing,
    PortInUse,
    ProposalNotFound,
    ProposalOutdated,
    ProposalRefused,
    QuestionError,
    ReadersUnavailable,
    RecordNotFound,
    SettingsError,
    SlackError,
    StatusClosed,
    StatusOutdated,
    StatusRefused,
    StorageError,
    StoredIndexError,
    SuiteBusy,
    SuiteNotFound,
    SuiteOutdated,
    SuiteRefused,
    SuiteUnusable,
    UnreadableFile,
)

PAGE = "/problems"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem.

    Attributes:
        slug: its name in addresses; the anchor of its explanation on the page of problems.
        status: of the HTTP response.
        title: the same for every occurrence.
        meaning: one or two sentences for the page of problems.
    """

    slug: str
    status: int
    title: str
    meaning: str

    @property
    def type(self) -> str:
        """Its address, relative to the server's root."""
        return f"{PAGE}#{self.slug}"


BAD_JSON = Kind(
    "bad-json", 400, "The body is not JSON", "The body could not be read as JSON in UTF-8."
)
NOT_UTF8 = Kind(
    "not-utf-8",
    400,
    "The text is not UTF-8",
    "The address or the body holds bytes that are not UTF-8.",
)
NOT_FOUND = Kind("not-found", 404, "No such address", "Nothing stands at this address.")
WRONG_METHOD = Kind(
    "wrong-method", 405, "Wrong method", "The address exists but does not take this method."
)
WRONG_HOST = Kind(
    "wrong-host",
    421,
    "Not a name of this server",
    "A server that only its own machine reaches answers to no name but its own and that of "
    "CHARTER_PUBLIC_URL.",
)
TOO_LARGE = Kind(
    "too-large",
    413,
    "The body is too large",
    "A body may have 64 KiB at most; a chat, which comes with all that was said before, 1 MiB; a "
    "document for HR’s pages 25 MB.",
)
TOO_SLOW = Kind(
    "too-slow", 408, "The body did not come", "A body must have come whole within 30 seconds."
)
CROSS_SITE = Kind(
    "cross-site",
    403,
    "A page of another site asks",
    "Nothing is changed here for pages of other sites. Send it from a page of this server, or "
    "from a program that is no browser.",
)
WRONG_TYPE = Kind(
    "wrong-content-type", 415, "Wrong content type", "A body is sent as application/json."
)
INVALID = Kind(
    "invalid-request",
    422,
    "The request cannot be taken",
    "A value is missing, unknown or of the wrong form; the detail names it.",
)
UNSIGNED = Kind(
    "unsigned",
    401,
    "The request is not signed",
    "Requests to /slack/events carry Slack’s signature, not older than five minutes.",
)
UNEXPECTED = Kind(
    "unexpected",
    500,
    "Something went wrong in Charter",
    "An error that Charter did not foresee. Its id stands in the server’s log with the cause.",
)

NAMED: dict[type[CharterError], Kind] = {
    QuestionError: Kind(
        "question",
        422,
        "The question cannot be taken",
        "A question is 1 to 4,000 characters of text.",
    ),
    FilterUnreadable: Kind(
        "filter",
        422,
        "A filter cannot be read",
        "What a list or a search is to be filtered or sorted by has no such meaning; the detail "
        "says what can be read.",
    ),
    DocumentNotFound: Kind(
        "document-not-found",
        404,
        "No such document",
        "No document, version or section goes by this name.",
    ),
    ChatModelNotFound: Kind(
        "model-not-found",
        404,
        "No such model",
        "Programs of OpenAI’s protocol find one model here: “charter”.",
    ),
    CommitmentNotFound: Kind(
        "commitment-not-found",
        404,
        "No such commitment",
        "No commitment goes by this id, or several have ids that begin so.",
    ),
    StatusRefused: Kind(
        "status",
        422,
        "The status cannot be taken",
        "There is no such status, or note, link or name cannot be used; the detail says which.",
    ),
    StatusOutdated: Kind(
        "status-outdated",
        409,
        "Somebody else spoke meanwhile",
        "Something was said of the commitment since it was looked at. Look again, then say yours.",
    ),
    StatusClosed: Kind(
        "status-closed",
        403,
        "Statuses cannot be set here",
        "There is no sign-in, so statuses are set in the terminal unless CHARTER_FOLLOW_UP allows "
        "it to everybody.",
    ),
    IdempotencyKeyReused: Kind(
        "idempotency-key-reused",
        422,
        "The key came with something else",
        "A key of a request names that request alone. Take a new one for another.",
    ),
    IdempotencyKeyBusy: Kind(
        "idempotency-key-busy",
        409,
        "The request is being done",
        "The same request came with the same key and is not done yet. Ask again in a second.",
    ),
    RecordNotFound: Kind("record-not-found", 404, "No such receipt", "No receipt goes by this id."),
    IndexMissing: Kind(
        "index-missing", 503, "Nothing is indexed yet", "Run `charter index`, then ask again."
    ),
    IndexMismatch: Kind(
        "index-mismatch",
        503,
        "The index does not fit the settings",
        "It was built by another model, schema or way of splitting. Run `charter index`.",
    ),
    IndexDamaged: Kind(
        "index-damaged",
        503,
        "The index is damaged",
        "A part of it is missing or cannot be read. Run `charter index`.",
    ),
    BuildLocked: Kind(
        "build-locked",
        503,
        "Another build is running",
        "One build at a time writes to a home folder. Wait until it has ended.",
    ),
    StoredIndexError: Kind(
        "index", 503, "The index cannot be used", "Run `charter doctor` to learn why."
    ),
    ModelFileMissing: Kind(
        "model-file-missing",
        503,
        "A model file is missing",
        "A file of the embedding model is not where its package puts it.",
    ),
    ModelFileDamaged: Kind(
        "model-file-damaged",
        503,
        "A model file is damaged",
        "A file of the embedding model does not have the checksum that Charter pins.",
    ),
    ModelError: Kind(
        "model", 503, "The embedding model cannot be used", "Run `charter doctor` to learn why."
    ),
    StorageError: Kind(
        "storage", 507, "The disk cannot be written", "It is full, read-only or gone."
    ),
    CorpusMissing: Kind(
        "corpus-missing",
        503,
        "The folder of documents is missing",
        "It does not exist or cannot be entered. Set CHARTER_CORPUS.",
    ),
    CorpusEmpty: Kind(
        "corpus-empty",
        503,
        "The folder of documents is empty",
        "It holds no document that can be read.",
    ),
    CorpusError: Kind(
        "corpus", 503, "The folder of documents cannot be used", "Set CHARTER_CORPUS."
    ),
    UnreadableFile: Kind(
        "unreadable-file", 503, "A file cannot be read", "One file cannot be read as a document."
    ),
    ReadersUnavailable: Kind(
        "readers",
        503,
        "No file can be opened now",
        "Files are opened in processes of their own; none can be started, or all are busy.",
    ),
    SettingsError: Kind(
        "settings", 500, "A setting cannot be used", "Run `charter settings` for the list."
    ),
    CalibrationUnusable: Kind(
        "decision-file",
        500,
        "The decision file cannot be used",
        "It is missing, broken, or made for other signals.",
    ),
    SuiteNotFound: Kind(
        "suite-not-found",
        404,
        "No such suite, case or run",
        "Nothing of a suite goes by this name.",
    ),
    SuiteOutdated: Kind(
        "suite-outdated",
        409,
        "Somebody else changed the suite meanwhile",
        "The suite was changed since you opened it. What you typed is kept on the page.",
    ),
    SuiteRefused: Kind(
        "suite-refused",
        422,
        "The suite cannot be kept like this",
        "What was entered for a suite or a case cannot be kept; the detail says why.",
    ),
    SuiteBusy: Kind(
        "suite-busy", 409, "A suite is being run", "One suite is run at a time. Wait, or stop it."
    ),
    SuiteUnusable: Kind(
        "suite-unusable",
        422,
        "The file holds no suite that can be read",
        "The detail names what is wrong with it, with rows.",
    ),
    ProposalRefused: Kind(
        "change-refused",
        422,
        "The folder of documents cannot be changed like this",
        "Such a file may not stand in the folder of documents; the detail says why.",
    ),
    ProposalNotFound: Kind(
        "change-not-found",
        404,
        "No such change is waiting",
        "A change of the documents was made or let go already, or there was none.",
    ),
    ProposalOutdated: Kind(
        "change-outdated",
        409,
        "The documents have changed meanwhile",
        "A file of the folder was changed since a change of it was proposed. Propose it again.",
    ),
    CheckBusy: Kind(
        "check-busy",
        409,
        "A change is being checked",
        "One change of the documents is checked at a time. Wait until that is done.",
    ),
    HrClosed: Kind(
        "hr-closed",
        403,
        "These pages are for HR",
        "They open with the key of CHARTER_HR_KEY, or on the computer that Charter runs on.",
    ),
    SlackError: Kind(
        "slack", 502, "Slack cannot be used", "Slack refuses a request, or cannot be reached."
    ),
    PortInUse: Kind("port-in-use", 500, "The port is in use", "Another program listens on it."),
    CharterError: Kind("charter", 500, "Charter cannot do this", "The detail says why."),
}

KINDS: tuple[Kind, ...] = (
    *NAMED.values(),
    BAD_JSON,
    NOT_UTF8,
    NOT_FOUND,
    WRONG_METHOD,
    WRONG_HOST,
    TOO_LARGE,
    TOO_SLOW,
    CROSS_SITE,
    WRONG_TYPE,
    INVALID,
    UNSIGNED,
    UNEXPECTED,
)
