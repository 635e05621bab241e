"""Compose the reply: one of three types, with its text, contact and id."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from assistant.conversation.conversations import given_out
from assistant.reply import Answer, ClosestPassages, NoAnswer, Question
from assistant.selection.quotable import Quotable
from assistant.writing.write import Writer, plain_text
from indexing.keywords import words


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes the reply to one question.

    The id is a hash of all that decides the reply, so that equal questions to equal indexes get
    equal bytes.

    Attributes:
        read_as: how the question was read, said first where its spelling was repaired.
        followed: fingerprint of the follow-up of commitments where a list of them answers.
    """

    question: Question
    index_fingerprint: str
    settings_fingerprint: str
    writer: Writer
    read_as: str = ""
    followed: str = ""

    def answer(self, units: Sequence[Quotable], not_in_force: Sequence[Quotable] = ()) -> Answer:
        """Compose an answer that quotes ``units`` and names what else speaks of the matter."""
        quotation = self.writer.quote(units, self.question)
        remarks = [
            self._language(units),
            self.read_as,
            self.writer.disagreement(units),
            self.writer.also(not_in_force, self.question),
        ]
        remark = " ".join(filter(None, remarks))
        body = plain_text(quotation.excerpts)
        return Answer(
            self.id,
            self.question,
            self.conversation_id,
            f"{remark}\n\n{body}" if remark else body,
            self.writer.contact(units),
            quotation.citations,
            quotation.excerpts,
            remark,
        )

    def closest(self, units: Sequence[Quotable], missing: Sequence[str] = ()) -> ClosestPassages:
        """Compose the passages that come closest, as just that.

        ``missing`` is what the question asks about and an answer would have to bear, in its words.
        """
        phrases = self.writer.phrases
        hint = phrases.ask_in if self.writer.language(units) else ""
        lacking = [f"“{one}”" for one in missing if not _mentioned(one, units)]
        what = ", ".join(lacking)
        said = phrases.lacking.format(what=what) if lacking else phrases.closest
        return self._closest(" ".join(filter(None, (hint, said))), units)

    def not_in_force(self, units: Sequence[Quotable]) -> ClosestPassages:
        """Compose passages of versions that are not in force on the day asked for."""
        phrases = self.writer.phrases
        day = phrases.in_words(self.question.as_of)
        return self._closest(phrases.not_in_force.format(day=day), units)

    def no_answer(self, nearest: Sequence[Quotable]) -> NoAnswer:
        """Compose a refusal that names whom to ask: in general, else about the nearest document."""
        contact = self.writer.general_contact or self.writer.contact(nearest)
        phrases = self.writer.phrases
        language = self.writer.language(nearest)
        said = [
            self.read_as,
            phrases.nothing,
            *([f"{language}.", phrases.ask_in] if language else []),
        ]
        remark = " ".join(filter(None, said))
        text = f"{remark} {phrases.ask.format(contact=contact)}"
        return NoAnswer(self.id, self.question, self.conversation_id, text, contact, remark)

    def _closest(self, remark: str, units: Sequence[Quotable]) -> ClosestPassages:
        quotation = self.writer.quote(units, self.question)
        contact = self.writer.contact(units)
        remark = " ".join(filter(None, (self._language(units), self.read_as, remark)))
        ask = self.writer.phrases.ask.format(contact=contact)
        text = f"{remark}\n\n{plain_text(quotation.excerpts)}\n\n{ask}"
        return ClosestPassages(
            self.id,
            self.question,
            self.conversation_id,
            text,
            contact,
            quotation.citations,
            quotation.excerpts,
            remark,
        )

    def _language(self, units: Sequence[Quotable]) -> str:
        """Say that the quotes are in another language than the question."""
        language = self.writer.language(units)
        return f"{language}{self.writer.phrases.quoted}" if language else ""

    @property
    def conversation_id(self) -> str:
        """The name under which to go on: the door's own, else one of all that was said.

        It is a hash of the question and of the id before it, so of the whole conversation: who
        asks the same gets the same id, and nobody gets one under which others go on.
        """
        given = self.question.conversation_id
        return f"c-{self._digest()}" if given is None or given_out(given) else given

    @property
    def id(self) -> str:
        """The name of the reply and its receipt."""
        return f"a-{self._digest()}"

    def _digest(self) -> str:
        question = self.question
        parts = [
            question.text,
            question.as_of.isoformat(),
            question.today.isoformat(),
            question.conversation_id,
            self.index_fingerprint,
            self.settings_fingerprint,
            *sorted(question.groups),
            *([asdict(question.carried)] if question.carried else []),
            *([self.followed] if self.followed else []),
        ]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]


def _mentioned(said: str, units: Sequence[Quotable]) -> bool:
    """Tell whether one of some units has these words, in the singular or the plural.

    Stems would not do: "to consult" is no mention of consultants.
    """
    wanted = _bare_words(said)
    return any(wanted <= _bare_words(one.words) for one in units)


def _bare_words(text: str) -> set[str]:
    return {word.removesuffix("s") for word in words(text)}
