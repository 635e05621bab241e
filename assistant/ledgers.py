"""The records beside the answers: what is owed, votes, what was passed on, asked and done."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.asked import AskedQuestions
from assistant.deliveries import Deliveries
from assistant.escalations import Escalations
from assistant.feedback import Votes
from assistant.idempotency import IdempotencyKeys
from assistant.pseudonyms import Pseudonyms


@dataclass(frozen=True, slots=True)
class Ledgers:
    """The records that doors with people behind them keep."""

    pseudonyms: Pseudonyms
    deliveries: Deliveries
    votes: Votes
    escalations: Escalations
    asked: AskedQuestions
    keys: IdempotencyKeys

    def close(self) -> None:
        """Give back the connections."""
        for one in (self.deliveries, self.votes, self.escalations, self.asked, self.keys):
            one.close()
