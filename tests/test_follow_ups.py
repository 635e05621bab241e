"""Which questions lean on the one before, and what they mean; by form alone, without an index."""

from __future__ import annotations

import pytest

from assistant.conversation.follow_ups import follow_up, greets
from assistant.conversation.past import Item, Known, Past
from assistant.conversation.phrasing import topic_of
from assistant.reply import Carried

ZEBRA = Known("zebra", "zebra@1", "Zebra plan", frozenset({"zoo"}), ("zebra", "stripes"))
LION = Known("lion", "lion@1", "Lion plan", frozenset({"wild"}), ("lion",))
NAMES = frozenset({"zoo", "wild"})
ITEMS = tuple(
    Item(number, ZEBRA, words, "Work of the keepers", listed=number > 1)
    for number, words in enumerate(
        ("The keepers will", "Clean the cages", "Feed the birds", "Count the fish"), start=1
    )
)
LIST = Past("What will the keepers do?", documents=(ZEBRA,), items=ITEMS)
FENCE = Past("Who paints the northern fence?", documents=(ZEBRA, LION))
SWIM = Past("How long is a swim under a half-day ticket?", documents=(ZEBRA,))


def understood(text: str, *pasts: Past) -> str:
    carried = follow_up(text, pasts, NAMES)
    return carried.said if carried else ""


def after(carried: Carried | None, past: Past) -> Past:
    """Return the turn that a follow-up leaves, as far as the words go."""
    assert carried
    return Past(carried.text, carried.topic, documents=past.documents, item=carried.item)


@pytest.mark.parametrize(
    ("past", "asked", "meant"),
    [
        # a fragment takes the place of its like, else it is added
        (SWIM, "and under a full-day ticket?", "How long is a swim under a full-day ticket?"),
        (SWIM, "and under a full-day one?", "How long is a swim under a full-day ticket?"),
        (SWIM, "what about a full-day ticket?", "How long is a swim under a full-day ticket?"),
        (SWIM, "What about children?", "How long is a swim under a half-day ticket, for children?"),
        (SWIM, "and if it rains?", "How long is a swim under a half-day ticket, if it rains?"),
        (Past("Who feeds the birds in 2024?"), "and in 2025?", "Who feeds the birds in 2025?"),
        (Past("Who is fed by Q3 2024?"), "I meant Q1 2025", "Who is fed by Q1 2025?"),
        (Past("Who feeds the birds?"), "no, 2025", "Who feeds the birds in 2025?"),
        (Past("What is the fare for a G-4?"), "and for P-3?", "What is the fare for a P-3?"),
        (Past("What does ZOO say on food?"), "and the WILD?", "What does WILD say on food?"),
        (Past("What does the zoo say on food?"), "and wild?", "What does the wild say on food?"),
        (Past("How is it for us?"), "et pour les enfants ?", "How is it pour les enfants?"),
        (Past("What is the fee for adults?"), "¿y para niños?", "What is the fee para niños?"),
        (Past("Is there winter food?"), "and summer food?", "Is there summer food?"),
        (FENCE, "is that also true for the gate?", "Who paints the northern fence, for the gate?"),
        (FENCE, "Sorry, not that but the gate", "Who paints the gate?"),
        (FENCE, "and painters?", "Who paints the northern fence, for painters?"),
        (Past("When is lunch served?"), "what about dinner?", "When is dinner served?"),
        (Past("What is a cage?"), "and a fence?", "What is a fence?"),
        # a question word alone, and what is always of something
        (FENCE, "by when?", "The northern fence: by when?"),
        (FENCE, "and why?", "The northern fence: why?"),
        (FENCE, "pourquoi ?", "The northern fence: pourquoi?"),
        (FENCE, "¿cuándo?", "The northern fence: cuándo?"),
        (FENCE, "What is the deadline?", "The northern fence: what is the deadline?"),
        (FENCE, "who decides?", "The northern fence: who decides?"),
        (FENCE, "Tell me more", "More about the northern fence"),
        # a pronoun without its noun
        (FENCE, "Who pays for that?", "Who pays for the northern fence?"),
        (FENCE, "how long is it?", "How long is the northern fence?"),
        (FENCE, "Who washes it in winter?", "Who washes the northern fence in winter?"),
        (FENCE, "Does it need a permit?", "Does the northern fence need a permit?"),
        (FENCE, "What are its colours?", "What are the colours of the northern fence?"),
        # another document, another body, a section, a document of the reply
        (FENCE, "and the other document?", "Who paints the northern fence? (in “Lion plan”)"),
        (SWIM, "and the other document?",
         "How long is a swim under a half-day ticket? (not in “Zebra plan”)"),
        (Past("What does the zoo say on food?", documents=(ZEBRA,)), "no, the other body",
         "What does the WILD say on food? (not in “Zebra plan”)"),
        (FENCE, "and in the second document?", "Who paints the northern fence? (in “Lion plan”)"),
        (LIST, "what else does that section say?",
         "What else does “Work of the keepers” say? (in “Zebra plan”)"),
        # a place in the last reply
        (LIST, "the second one", "More about “Feed the birds”"),
        (LIST, "tell me more about the first", "More about “Clean the cages”"),
        (LIST, "Who leads the last one?", "Who leads “Count the fish”?"),
        (LIST, "more on [2]", "More about “Clean the cages”"),
        (LIST, "3", "More about “Feed the birds”"),
    ],
)  # fmt: skip
def test_a_question_that_leans_is_completed(past: Past, asked: str, meant: str) -> None:
    assert understood(asked, past) == meant


@pytest.mark.parametrize(
    "asked",
    [
        "Who feeds the birds in winter?",
        "And how many hours may a child swim in the lake?",
        "What is swimming?",
        "birds winter food",
        "For adults, how much does a yearly ticket cost?",
        "If a keeper falls ill, whom must they tell?",
        "Is it possible to swim at night?",
        "How long does it take to paint a fence?",
        "When is the first payment due?",
        "Who keeps the second key of the cage?",
        "I heard that the lake is closed in winter. When does it open?",
        "What is the ticket for children called and who sells it?",
        "thanks",
        "Hello!",
        "merci",
        "the ninth one",
        "By when? " * 40,
    ],
)
def test_a_question_that_stands_alone_is_left_alone(asked: str) -> None:
    assert follow_up(asked, [LIST], NAMES) is None


def test_nothing_leans_where_nothing_was_asked_before() -> None:
    assert follow_up("and for children?", [], NAMES) is None


@pytest.mark.parametrize("text", ["Thanks!", "thank you very much", "ok, great", "Bonjour", "hola"])
def test_a_greeting_is_told_from_a_question(text: str) -> None:
    assert greets(text)
    assert not greets(f"{text} who feeds the birds?")


def test_the_next_item_is_of_the_same_list_and_takes_the_same_question() -> None:
    second = follow_up("Who leads the second one?", [LIST], NAMES)
    one_quote = ITEMS[2:3]
    then = Past(second.text, second.topic, documents=(ZEBRA,), items=one_quote, item=second.item)
    assert understood("and the third?", LIST, then) == "Who leads “Count the fish”?"
    assert understood("and the first one?", LIST, then) == "Who leads “Clean the cages”?"
    assert understood("by when?", LIST, then) == "“Feed the birds”: by when?"


def test_follow_ups_of_follow_ups_keep_what_it_is_about() -> None:
    first = after(follow_up("by when?", [FENCE], NAMES), FENCE)
    assert understood("why?", FENCE, first) == "The northern fence: why?"
    second = after(follow_up("and for the gate?", [FENCE], NAMES), FENCE)
    assert understood("and for the door?", second) == "Who paints the northern fence for the door?"


def test_documents_are_preferred_confined_or_left_out_as_the_question_says() -> None:
    def carried(asked: str, past: Past) -> Carried:
        found = follow_up(asked, [past], NAMES)
        assert found
        return found

    assert carried("by when?", FENCE).preferred == ("zebra", "lion")
    assert carried("and the other document?", FENCE).only == ("lion",)
    assert carried("and the other document?", SWIM).without == ("zebra",)
    assert carried("and the other organisation?", SWIM).without == ("zebra", "stripes")
    named = carried("the second one", LIST)
    assert (named.preferred, named.rests_on) == (("zebra",), ("zebra@1",))
    confined = Past("Who paints?", documents=(LION,), only=("lion",), scope=" (in “Lion plan”)")
    assert carried("by when?", confined).only == ("lion",)
    assert carried("by when?", confined).said.endswith("(in “Lion plan”)")
    # another subject is not looked for in the old one's document first
    winter = Past("How much winter food?", documents=(LION,))
    assert carried("what about summer food?", winter).preferred == ()


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Who leads the framework, and by when?", "the framework"),
        ("Which team is responsible for the manual?", "the manual"),
        ("When will the review be introduced?", "the review introduced"),
        ("Please tell me who is entitled to free meals", "free meals"),
        ("What does the union do about the canteen?", "the canteen, the union"),
        ("How many days of rest can be carried over?", "days of rest carried over"),
        ("the canteen: by when?", "the canteen"),
        ("More about the canteen", "the canteen"),
        ("canteen", "canteen"),
    ],
)
def test_what_a_question_is_about_is_its_phrase(question: str, topic: str) -> None:
    assert topic_of(question) == topic
