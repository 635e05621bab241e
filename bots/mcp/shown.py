"""What the tools give, as text that people and models read."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.reply import NoAnswer, Reply
from bots.footnotes import place_in_words
from bots.mcp.outputs import CommitmentLineBody, CommitmentListBody, PassagesBody, ReadBody
from bots.register.rows import absolute, one_line


def reply_shown(reply: Reply, base: str) -> str:
    """Write a reply with where its quotes stand and whom to ask."""
    return "\n\n".join(_of_reply(reply, base))


def passages_shown(found: PassagesBody) -> str:
    """Write passages, best first."""
    if not found.passages:
        return "No passage of a document in force comes near."
    said = (
        f"[{number}] {one.title}, version {one.version}, {' › '.join(one.section)}"
        f"{_marks(one.marks)} – {one.url}\n{one.quote}"
        for number, one in enumerate(found.passages, 1)
    )
    return "\n\n".join(("The nearest passages; none of them need answer:", *said))


def part_shown(part: ReadBody) -> str:
    """Write a part of a document, with what it is a part of."""
    said = [f"{part.title}, version {part.version}{_marks(part.marks)} – {part.url}", part.text]
    if part.next is not None:
        said.append(f"[{part.left:,} characters are left: read on with start={part.next}]")
    if part.outline:
        lines = (f"{'  ' * one.depth}#{one.anchor} {one.heading}" for one in part.outline)
        said.append("\n".join(("Sections, by their anchors:", *lines)))
    return "\n\n".join(said)


def list_shown(found: CommitmentListBody) -> str:
    """Write a list of commitments with its denominator."""
    counts = (f"{group.name or '(none)'}: {group.count}" for group in found.groups)
    said = [
        f"{found.denominator}\nUnderstood as: {found.understood}\nAs of: {found.as_of}",
        "\n".join(counts),
        *map(_line, found.commitments),
    ]
    if found.next_offset is not None:
        said.append(f"[There are more: go on with offset={found.next_offset}]")
    return "\n\n".join(filter(None, said))


def _of_reply(reply: Reply, base: str) -> Iterator[str]:
    if reply.question.understood:
        yield f"Understood as: {reply.question.understood}"
    yield reply.text
    if isinstance(reply, NoAnswer):
        return
    yield "\n".join(
        f"[{one.number}] {place_in_words(one)}: “{one_line(one.quote)}” – {absolute(one.url, base)}"
        for one in reply.citations
    )
    yield f"Whom to ask: {reply.contact}"


def _line(one: CommitmentLineBody) -> str:
    when = ("; ".join(one.when) or "no date") + (" (overdue)" if one.overdue else "")
    lines = (
        one.commitment,
        *(f"- {activity}" for activity in one.activities),
        f"Lead: {'; '.join(one.leads) or '–'} · When: {when} · Status: {one.status}",
        f"{one.title}, version {one.version}{_marks(one.marks)} – {one.url}",
    )
    return "\n".join(lines)


def _marks(marks: list[str]) -> str:
    return f" ({'; '.join(marks)})" if marks else ""
