"""The way of a question, on one screen."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from assistant.conversation.conversations import Conversations
from assistant.conversation.memory import allowed, memory_of
from assistant.decision.calibration import Calibration, read_calibration
from assistant.decision.consider import Considered, consider, others_speak_instead
from assistant.library.audience import EVERYBODY, holds_all, index_for
from assistant.library.catalogue import CatalogueEntry, catalogue_of
from assistant.library.hidden import Stretch, hidden_in, index_without
from assistant.library.pictures import Pictures
from assistant.library.shelf import Shelf
from assistant.live import Live
from assistant.question.understand import Inquiry, check_question, understand
from assistant.question.wording import Wording, read_as, read_wording
from assistant.receipts import Receipt, Receipts, Replay, no_receipt, why_other
from assistant.register.desk import Desk
from assistant.register.find import Found, RegisterFinder
from assistant.register.follow_up import FollowUp
from assistant.register.listing import Lister
from assistant.register.model import Filters, Listing, Values, View
from assistant.register.standings import Standings
from assistant.reply import Answer, Question, Reply
from assistant.retrieval.retrieve import Hit, Retriever
from assistant.searching import MOST, Search, Searched, Searcher
from assistant.selection.select import Selector
from assistant.settings import Settings
from assistant.writing.compose import Composer
from assistant.writing.list_reply import compose_list
from assistant.writing.phrases import phrases_for
from assistant.writing.wire import reply_to_dict, reply_to_json
from assistant.writing.write import Writer
from corpus.model import Document, document_key
from indexing.embedding import Embedder
from indexing.index import Index
from indexing.kept import Kept
from indexing.reranker import Reranker

_REPLIES_KEPT = 256  # some 5 MB

Replies = Kept[tuple[str, str, Question, str], Reply]


def _no_replies() -> Replies:
    return Kept(_REPLIES_KEPT)


@dataclass(frozen=True, slots=True)
class Assistant:
    """Answers questions from one index, and follows it when a new generation is served."""

    settings: Settings
    settings_fingerprint: str
    live: Live
    embedder: Embedder
    receipts: Receipts
    conversations: Conversations
    follow_up: FollowUp
    today: Callable[[], date]
    calibration: Calibration = field(default_factory=read_calibration)
    reranker: Reranker | None = None
    pictures: Pictures = field(default_factory=Pictures)
    # What is asked in the same words of the same index is replied with the same bytes (promise 8).
    # Lists from the register are not among them: they say what people said of commitments since.
    _replies: Replies = field(default_factory=_no_replies, init=False, repr=False, compare=False)

    def ask(
        self,
        text: str,
        *,
        conversation_id: str | None = None,
        as_of: date | None = None,
        groups: frozenset[str] = EVERYBODY,
        asker: str = "",
    ) -> Reply:
        """Answer one question from the documents in force on a day, and keep a receipt.

        Args:
            text: the question.
            conversation_id: the ``conversation_id`` of the reply that it goes on from, or a name
                that the door gives to a conversation, the same at each of its questions.
            as_of: the day whose rules are asked for; today when left out.
            groups: those of whoever asks; documents for others do not exist for them.
            asker: who asks, as the door knows them; a conversation is theirs alone. Empty where
                the door knows nobody: then whoever holds the id goes on with it.

        Raises:
            QuestionError: the question cannot be taken.
            StoredIndexError, ModelError, StorageError: why it could not be answered now.
        """
        today = self.today()
        question = check_question(
            text,
            as_of=as_of or today,
            today=today,
            conversation_id=conversation_id or None,
            groups=groups,
        )
        index = index_for(self.live.current(), groups)
        memory = memory_of(self.conversations, question, asker)
        refine = self._finder(question, index).refine
        question = memory.follow(question, index, dated=as_of is not None, refine=refine)
        reply = self._answer(question, index, kept=self._replies)
        now = datetime.now(UTC).replace(tzinfo=None)
        self.receipts.keep(self._receipt(question, index, reply, now))
        memory.remember(reply, index, now)
        return reply

    def trial(
        self,
        text: str,
        *,
        as_of: date | None = None,
        groups: frozenset[str] = EVERYBODY,
        without: Sequence[Stretch] = (),
    ) -> Reply:
        """Answer one question that stands alone, and keep nothing of it: for suites.

        Args:
            text: the question.
            as_of: as for ``ask``.
            groups: as for ``ask``.
            without: what is hidden meanwhile. The passages alone are asked then: the register
                knows its commitments by document, and would go on listing what is hidden.

        Raises:
            QuestionError, StoredIndexError, ModelError: as for ``ask``.
        """
        today = self.today()
        question = check_question(text, as_of=as_of or today, today=today, groups=groups)
        index = index_for(self.live.current(), groups)
        if without:
            hidden = hidden_in(index, without)
            return self._from_passages(question, index_without(index, hidden), "")
        return self._answer(question, index)

    def _answer(self, question: Question, index: Index, *, kept: Replies | None = None) -> Reply:
        """Answer from the register what asks for a list or a count, from passages all else.

        ``kept`` are the replies that may be given again; without them it is answered anew.
        """
        routed = self._finder(question, index).find(question)
        if isinstance(routed, Found):
            wording = read_wording(question.complete, index)
            return compose_list(self._composer(question, wording, index), routed)
        answer = partial(self._from_passages, question, index, routed.remark)
        if kept is None:
            return answer()
        about = index.manifest.generation, index.fingerprint, question, routed.remark
        return kept.one(about, answer)

    def _from_passages(self, question: Question, index: Index, remark: str) -> Reply:
        catalogue = index.once(catalogue_of)
        inquiry = self._inquiry(question, index)
        in_force = catalogue.keys_in_force(question.as_of)
        found = self._consider(inquiry, index, allowed(in_force, question, catalogue))
        not_asked = catalogue.keys_without if found.answers else catalogue.keys_not_in_force
        others = allowed(not_asked(question.as_of), question, catalogue)
        other = self._consider(inquiry, index, others)
        composer = self._composer(question, inquiry.wording, index, remark)

        if others_speak_instead(found, other, catalogue):
            return composer.not_in_force(other.quoted)
        if found.answers:
            better = other.answers and other.decision.confidence > found.decision.confidence
            return composer.answer(found.quoted, other.quoted if better else ())
        nearest = Selector(index, self.calibration).closest(inquiry, found.hits)
        if found.decision.verdict == "closest":
            return composer.closest(nearest, found.decision.missing)
        return composer.no_answer(nearest)

    def _inquiry(self, question: Question, index: Index) -> Inquiry:
        """Understand a question in words that need no conversation."""
        complete = replace(question, text=question.complete)
        inquiry = understand(complete, index, self.embedder)
        if question.carried is None:
            return inquiry
        near = index.once(catalogue_of).keys_of(question.carried.preferred)
        return replace(inquiry, preferred=inquiry.preferred | near)

    def _consider(self, inquiry: Inquiry, index: Index, keys: frozenset[str]) -> Considered:
        return consider(
            inquiry, keys, retriever=self._retriever(index), calibration=self.calibration
        )

    def _retriever(self, index: Index) -> Retriever:
        return Retriever(index, self.settings.dense_weight, self.reranker)

    def _finder(self, question: Question, index: Index) -> RegisterFinder:
        said = Standings(index, question.groups, question.as_of, self.follow_up)
        return RegisterFinder(Lister(index, question.as_of, self.settings.public_url, said))

    def _composer(
        self, question: Question, wording: Wording, index: Index, remark: str = ""
    ) -> Composer:
        phrases = phrases_for(wording.language, reads_it=wording.crosses)
        catalogue, settings = index.once(catalogue_of), self.settings
        writer = Writer(index, catalogue, settings.public_url, settings.contact, phrases)
        fingerprints = index.fingerprint, self.settings_fingerprint
        said = " ".join(filter(None, (read_as(wording), remark)))
        return Composer(question, *fingerprints, writer, said)

    def _receipt(self, question: Question, index: Index, reply: Reply, now: datetime) -> Receipt:
        return Receipt(
            reply.id,
            now,
            question,
            index.fingerprint,
            self.settings_fingerprint,
            reply_to_json(reply),
        )

    def search(
        self,
        text: str,
        *,
        as_of: date | None = None,
        limit: int = 8,
        groups: frozenset[str] = EVERYBODY,
    ) -> tuple[Hit, ...]:
        """Return the passages in force on a day that are nearest to a question, best first.

        Raises:
            QuestionError, StoredIndexError, ModelError: as for ``ask``.
        """
        today = self.today()
        question = check_question(text, as_of=as_of or today, today=today, groups=groups)
        index = index_for(self.live.current(), groups)
        keys = index.once(catalogue_of).keys_in_force(question.as_of)
        inquiry = understand(question, index, self.embedder)
        return self._retriever(index).retrieve(inquiry, keys, limit=limit)

    def find_passages(self, search: Search, *, groups: frozenset[str] = EVERYBODY) -> Searched:
        """Return a page of the passages nearest to some words, with counts to narrow them by.

        Raises:
            FilterUnreadable: a filter names what no document has.
            QuestionError, StoredIndexError, ModelError: as for ``ask``.
        """
        shelf = self.shelf(groups)
        as_of, today = search.as_of or shelf.today, shelf.today
        question = check_question(search.text, as_of=as_of, today=today, groups=groups)
        inquiry = understand(question, shelf.index, self.embedder)
        retriever = replace(self._retriever(shelf.index), candidates=MOST)
        return Searcher(shelf, inquiry, retriever).search(search)

    def commitments(
        self,
        filters: Filters = Filters(),  # noqa: B008  frozen
        *,
        view: View = View(),  # noqa: B008  frozen
        as_of: date | None = None,
        groups: frozenset[str] = EVERYBODY,
    ) -> Listing:
        """List the commitments of documents in force on a day that meet some filters.

        Raises:
            StoredIndexError, StorageError: as for ``ask``.
        """
        return self._lister(as_of, groups).list(filters, view)

    def register_values(
        self, *, as_of: date | None = None, groups: frozenset[str] = EVERYBODY
    ) -> Values:
        """Return the values by which commitments in force on a day can be filtered.

        Raises:
            StoredIndexError: as for ``ask``.
        """
        return self._lister(as_of, groups).values()

    def desk(self, *, as_of: date | None = None, groups: frozenset[str] = EVERYBODY) -> Desk:
        """Return where single commitments are opened, compared and spoken of.

        One request takes one desk: the next may be of another index.
        """
        return Desk(self._lister(as_of, groups), self.today())

    def standings(
        self, *, as_of: date | None = None, groups: frozenset[str] = EVERYBODY
    ) -> Standings:
        """Return where commitments stand, as somebody in these groups may see it."""
        index = index_for(self.live.current(), groups)
        return Standings(index, groups, as_of or self.today(), self.follow_up)

    def _lister(self, as_of: date | None, groups: frozenset[str]) -> Lister:
        said = self.standings(as_of=as_of, groups=groups)
        return Lister(said.index, said.as_of, self.settings.public_url, said)

    def receipt(self, receipt_id: str, groups: frozenset[str] = EVERYBODY) -> Receipt:
        """Return what was replied under an id.

        Raises:
            RecordNotFound: nothing was, or to somebody in further groups, or it quotes what is
                now for others or not there any more.
            StoredIndexError, CorpusError: what may be shown cannot be told.
        """
        receipt = self.receipts.find(receipt_id)
        shown = self._holds(receipt.question, json.loads(receipt.reply), groups)
        if not shown or not holds_all(groups, receipt.question.groups):
            raise no_receipt(receipt_id)
        return receipt

    def is_open(self, reply: Reply) -> bool:
        """Tell whether everybody may read all that a reply rests on.

        What a list was counted among is no citation: it is open only where everybody asked.

        Raises:
            StoredIndexError, CorpusError: what may be shown cannot be told.
        """
        counted = isinstance(reply, Answer) and reply.listing is not None
        if counted and reply.question.groups:
            return False
        return self._holds(reply.question, reply_to_dict(reply), EVERYBODY)

    def again(self, receipt_id: str, groups: frozenset[str] = EVERYBODY) -> Reply:
        """Answer a receipt's question again from what is served now, to show it once more.

        Raises:
            RecordNotFound: as for ``receipt``.
            StoredIndexError, ModelError: why it could not be answered now.
        """
        receipt = self.receipt(receipt_id, groups)
        index = index_for(self.live.current(), receipt.question.groups)
        return self._answer(receipt.question, index)

    def _holds(self, question: Question, reply: Mapping[str, Any], groups: frozenset[str]) -> bool:
        """Tell whether somebody in some groups may read all that a reply rests on."""
        keys = {document_key(one["document"], one["version"]) for one in reply["citations"]}
        if question.carried:
            keys.update(question.carried.rests_on)
        return all(map(index_for(self.live.current(), groups).holds, keys))

    def replay(self, receipt_id: str, groups: frozenset[str] = EVERYBODY) -> Replay:
        """Ask a receipt's question again, as of its own day and for whom it was asked.

        Raises:
            RecordNotFound: as for ``receipt``.
        """
        receipt = self.receipt(receipt_id, groups)
        index = index_for(self.live.current(), receipt.question.groups)
        answered = self._answer(receipt.question, index)
        again = reply_to_json(answered)
        reason = why_other(
            receipt, again, index=index.fingerprint, settings=self.settings_fingerprint
        )
        return Replay(not reason, reason, again, answered)

    def shelf(self, groups: frozenset[str] = EVERYBODY) -> Shelf:
        """Return the documents of the index that is served now, as far as a reader may see them.

        One request takes one shelf: the next may be of another index.
        """
        return Shelf(index_for(self.live.current(), groups), self.today())

    def catalogue(
        self, as_of: date | None = None, groups: frozenset[str] = EVERYBODY
    ) -> tuple[CatalogueEntry, ...]:
        """List every version of every document as it stands on a day."""
        return self.shelf(groups).entries(as_of)

    def document(
        self,
        document_id: str,
        version: str | None = None,
        as_of: date | None = None,
        *,
        groups: frozenset[str] = EVERYBODY,
    ) -> tuple[Document, CatalogueEntry]:
        """Return a version of a document: the one named, else the one in force on a day.

        Raises:
            DocumentNotFound: there is no such document or version.
        """
        opened = self.shelf(groups).open(document_id, version, as_of)
        return opened.document, opened.entry

    def ready(self) -> None:
        """Raise what stands between this assistant and an answer; return when nothing does."""
        self.live.current()
        self.embedder.embed(["ready"])
        if self.reranker:
            self.reranker.score("ready", ["ready"])

    def close(self) -> None:
        """Give back files and connections."""
        self.live.close()
        self.receipts.close()
        self.conversations.close()
        self.follow_up.close()
        self.pictures.close()
