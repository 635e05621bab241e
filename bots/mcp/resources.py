"""The documents as an agent's program can list and attach them: what is in force today, whole."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

from assistant.ask import Assistant
from corpus.errors import DocumentNotFound

_BEGINNING = "charter://documents/"


@dataclass(frozen=True, slots=True)
class Resource:
    """One document."""

    uri: str
    name: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Resources:
    """Lists and reads documents for somebody in some groups."""

    assistant: Assistant
    groups: frozenset[str]

    def all(self) -> tuple[Resource, ...]:
        """List the documents in force today."""
        return tuple(
            Resource(
                uri=_BEGINNING + quote(entry.metadata.id, safe=""),
                name=entry.metadata.id,
                title=entry.metadata.title,
                description="; ".join((f"version {entry.metadata.version}", *entry.marks)),
            )
            for entry in self.assistant.shelf(self.groups).entries()
            if entry.force == "in force"
        )

    def read(self, uri: str) -> str:
        """Return the text of the version in force, below what must be said of it.

        Raises:
            DocumentNotFound: there is none of that name.
        """
        if not uri.startswith(_BEGINNING):
            raise DocumentNotFound(f"There is no “{uri}”.", "List the resources.")
        opened = self.assistant.shelf(self.groups).open(unquote(uri.removeprefix(_BEGINNING)))
        known = opened.document.metadata
        said = "; ".join((f"{known.title}, version {known.version}", *opened.entry.marks))
        return f"{said}\n\n{opened.document.text}"
