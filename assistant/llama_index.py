"""Charter's retrieval as a LlamaIndex retriever, for programs built on that framework."""

from __future__ import annotations

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.ask import Assistant
from assistant.retrieval.retrieve import Hit


class CharterRetriever(BaseRetriever):
    """Finds the passages of the documents in force today that are nearest to a question.

    Args:
        assistant: whose index is asked.
        limit: how many passages at most.
        groups: of the person for whom it is asked; without any, what everybody may read.
    """

    def __init__(
        self, assistant: Assistant, *, limit: int = 8, groups: frozenset[str] = frozenset()
    ) -> None:
        super().__init__()
        self._assistant = assistant
        self._limit = limit
        self._groups = groups

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._assistant.search(
            query_bundle.query_str, limit=self._limit, groups=self._groups
        )
        return [NodeWithScore(node=_node(hit), score=hit.score) for hit in hits]


def _node(hit: Hit) -> TextNode:
    passage = hit.passage
    return TextNode(
        id_=f"{passage.document}@{passage.version}:{passage.start}-{passage.end}",
        text=passage.text,
        metadata={
            "document": passage.document,
            "version": passage.version,
            "section": passage.heading,
            "start": passage.start,
            "end": passage.end,
        },
    )
