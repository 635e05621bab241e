"""What an agent is told of Charter and its tools: when to use which, and what it may then say."""

from __future__ import annotations

INSTRUCTIONS = """\
Charter knows an organisation's strategy documents and HR policies, and nothing else. Begin with \
`ask` for any question about what they say, `list_commitments` for what was promised, by whom \
and by when. Use `search_passages` and `read_document` to see more of the documents.
Every quote is word for word from the version and place named beside it. Give quotes unchanged, \
with their title, version and URL, and say of a rule only what a quote says: where the documents \
do not answer, say that, and whom to ask. Marks such as “Sample policy”, “Superseded” or “Not \
yet in force” belong to a quote wherever it is shown."""

ASK = """\
Ask a question about the organisation's rules, policies or strategies, and get sentences of the \
documents in force, each with its citation. Use it first, with the question as the person asked \
it. `outcome` says which of three things came back. `answer`: the quotes answer; give them with \
their citations. `closest_passages`: the documents do not answer this; say so before you show \
any of them. `no_answer`: nothing was found; say so and name `contact`. Claim nothing beyond the \
quotes: they are verbatim, and what you add is not from the documents. A question that leans on \
the one before ("and for short-term staff?") needs the `conversation_id` of that result."""

SEARCH = """\
Find the passages nearest to some words, best first, in documents in force. Use it to look \
around, or where `ask` came back without an answer; for a question use `ask`, which also decides \
whether the passages answer it. Each `quote` is verbatim; nothing here says that it answers \
anything."""

READ = """\
Read a document as it is written: the whole of it in parts, one section, or some pages. Use it \
to see what stands around a quote, or to find a section by the outline that a call without \
section and pages returns. A part has at most 8,000 characters; go on with `start` until `next` \
is null. The text is verbatim."""

LIST = """\
List what the documents commit to: who does what by when. Lists are complete, not a choice of \
the best: `denominator` says what the list is a list of, and belongs to any count that you give. \
Filter by lead team, due time, theme, document, body or words; count with `group_by`. For “what \
did X promise by Y” use this, not `search_passages`. Go on with `offset` until `next_offset` is \
null before you call a list complete."""
