"""The tools that an agent is offered: to ask, to search, to read, to list commitments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from assistant.ask import Assistant
from assistant.library.audience import EVERYBODY
from assistant.library.catalogue import CatalogueEntry
from assistant.library.shelf import Shelf
from assistant.register.model import Listed
from assistant.reply import Reply
from assistant.retrieval.retrieve import Hit
from assistant.writing.addresses import place_address
from assistant.writing.wire import reply_to_dict
from bots import problems
from bots.api.schemas import ReplyBody
from bots.mcp import shown
from bots.mcp.inputs import AskInput, CommitmentsInput, ReadInput, SearchInput
from bots.mcp.outputs import (
    CommitmentLineBody,
    CommitmentListBody,
    PassageBody,
    PassagesBody,
    ReadBody,
)
from bots.mcp.reading import read
from bots.mcp.words import ASK, LIST, READ, SEARCH
from bots.register.query import Asked
from bots.register.rows import absolute, one_line, title_of
from bots.register.schemas import GroupBody
from bots.register.understood import group_name, in_one_line
from corpus.errors import CharterError, DocumentNotFound
from corpus.model import document_key
from corpus.places import first_page


@dataclass(frozen=True, slots=True)
class Told:
    """What a tool gives: the same as text and as data; ``data`` is None where it failed."""

    text: str
    data: BaseModel | None


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool, as an agent is told of it."""

    name: str
    title: str
    description: str
    takes: type[BaseModel]
    gives: type[BaseModel]
    run: Callable[[Any], Told]


@dataclass(frozen=True, slots=True)
class Tools:
    """All tools, for somebody in some groups.

    Attributes:
        base: address of the server's pages, for links.
    """

    assistant: Assistant
    base: str
    groups: frozenset[str] = EVERYBODY

    def all(self) -> tuple[Tool, ...]:
        """Return the tools, the one to begin with first."""
        return (
            Tool("ask", "Ask the documents", ASK, AskInput, ReplyBody, self.ask),
            Tool(
                "search_passages", "Find passages", SEARCH, SearchInput, PassagesBody, self.search
            ),
            Tool("read_document", "Read a document", READ, ReadInput, ReadBody, self.read),
            Tool(
                "list_commitments",
                "List commitments",
                LIST,
                CommitmentsInput,
                CommitmentListBody,
                self.list_commitments,
            ),
        )

    def call(self, tool: Tool, arguments: Mapping[str, object]) -> Told:
        """Run a tool; what goes wrong is told in words with the id that the log knows."""
        try:
            return tool.run(tool.takes.model_validate(arguments))
        except ValidationError as error:
            problem = problems.occurrence(problems.INVALID, _said_wrongly(error))
        except CharterError as error:
            problem = problems.told(error)
        except Exception as error:  # noqa: BLE001  the outermost loop of a call: the agent gets an id, the log the traceback
            problem = problems.unexpected(error)
        return Told(f"{problem.kind.title}. {problem.detail} (error {problem.id})", None)

    def ask(self, said: AskInput) -> Told:
        """Answer a question."""
        reply = self.assistant.ask(
            said.question,
            conversation_id=said.conversation_id,
            as_of=said.as_of,
            groups=self.groups,
        )
        return Told(shown.reply_shown(reply, self.base), _reply_body(reply, self.base))

    def search(self, said: SearchInput) -> Told:
        """Find passages."""
        hits = self.assistant.search(
            said.query, as_of=said.as_of, limit=said.limit, groups=self.groups
        )
        shelf = self.assistant.shelf(self.groups)
        # an index that was built meanwhile may not hold a document any more
        held = (hit for hit in hits if shelf.index.holds(_key(hit)))
        found = PassagesBody(passages=[_passage(hit, shelf, self.base) for hit in held])
        return Told(shown.passages_shown(found), found)

    def read(self, said: ReadInput) -> Told:
        """Read a part of a document."""
        shelf = self.assistant.shelf(self.groups)
        try:
            opened = shelf.open(said.document, said.version, said.as_of)
        except DocumentNotFound as error:
            raise DocumentNotFound(error.problem, _known(shelf)) from error
        part = read(opened, said, self.base)
        return Told(shown.part_shown(part), part)

    def list_commitments(self, said: CommitmentsInput) -> Told:
        """List commitments."""
        asked = Asked.of(said, self.assistant.today())
        listing = asked.listed(self.assistant, self.groups)
        after = said.offset + len(listing.lines)
        grouping = listing.grouping
        found = CommitmentListBody(
            understood=in_one_line(listing.filters),
            as_of=listing.as_of,
            denominator=listing.denominator,
            found=listing.found,
            held=listing.held,
            next_offset=after if listing.lines and after < listing.found else None,
            group_by=grouping,
            groups=[
                GroupBody(name=group_name(one.name, grouping), count=one.count)
                for one in listing.groups
            ],
            commitments=[_line(listed, self.base) for listed in listing.lines],
        )
        return Told(shown.list_shown(found), found)


def _said_wrongly(error: ValidationError) -> str:
    first = error.errors()[0]
    name = ".".join(map(str, first["loc"]))
    message = str(first["msg"]).removeprefix("Value error, ").rstrip(".")
    if first["type"] == "extra_forbidden":
        return f"There is no argument “{name}”."
    if first["type"] == "missing":
        return f"The argument “{name}” is missing."
    return f"“{name}”: {message}." if name else f"{message}."


def _known(shelf: Shelf) -> str:
    ids = dict.fromkeys(entry.metadata.id for entry in shelf.entries())
    most = 50
    more = f" and {len(ids) - most} more" if len(ids) > most else ""
    return f"The documents are: {', '.join(list(ids)[:most])}{more}."


def _reply_body(reply: Reply, base: str) -> ReplyBody:
    said = reply_to_dict(reply)
    for one in (*said["citations"], *filter(None, [said.get("listing")])):
        one["url"] = absolute(one["url"], base)
    return ReplyBody.model_validate(said)


def _key(hit: Hit) -> str:
    return document_key(hit.passage.document, hit.passage.version)


def _passage(hit: Hit, shelf: Shelf, base: str) -> PassageBody:
    opened, place = shelf.open(hit.passage.document, hit.passage.version), hit.passage
    document, entry = opened.document, opened.entry
    section = document.sections[place.section]
    url = place_address(place.document, place.version, start=place.start, end=place.end)
    return PassageBody(
        **_what(entry),
        section=list(section.path),
        anchor=section.anchor,
        page=first_page(document, place.start, place.end),
        quote=document.text[place.start : place.end],
        start=place.start,
        end=place.end,
        url=absolute(url, base),
        status=entry.status,
    )


def _what(entry: CatalogueEntry) -> dict[str, Any]:
    known = entry.metadata
    return {
        "document": known.id,
        "title": known.title,
        "version": known.version,
        "marks": list(entry.marks),
    }


def _line(listed: Listed, base: str) -> CommitmentLineBody:
    one = listed.commitment
    return CommitmentLineBody(
        **_what(listed.entry),
        id=one.id,
        commitment=title_of(listed),
        activities=[one_line(activity.text) for activity in one.activities],
        leads=list(listed.leads),
        when=[one_line(time.written.text) for time in one.times],
        due=listed.due,
        ongoing=listed.ongoing,
        overdue=listed.overdue,
        status=listed.standing.words,
        theme=list(one.theme),
        doubts=[doubt.words for doubt in one.doubts],
        url=absolute(listed.url, base),
    )
