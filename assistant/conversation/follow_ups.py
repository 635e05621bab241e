"""Follow-ups: which questions lean on the conversation before them, and what those mean.

A question is left alone unless its form leans: an opener with a fragment ("and for …"), a question
word alone ("why?"), a pronoun without its noun ("who leads that?"), a place in the last reply ("the
second one"), another document, a correction. The words that tell are of general language only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.conversation.named_items import item_named, other_named, section_named
from assistant.conversation.past import Past, carry, content
from assistant.conversation.phrasing import AUX, WH, bare, put_in_place, topic_of
from assistant.reply import Carried

Refine = Callable[[str, str], str]  # from the question before and the follow-up

LONGEST = 200  # characters of a question that leans
MOST_TERMS = 4  # of a question that leans; one with more says what it is about
_FEW_TERMS = 2
_GREETING = re.compile(
    r"(?:(?:many\s+)?thanks?(?:\s+(?:you|a lot|so much|very much))*|hello|hi|hey|bye|goodbye|"
    r"good (?:morning|day|afternoon|evening)|ok(?:ay)?|yes|no|great|perfect|good|super|fine|cool|"
    r"i see|understood|got it|merci(?: beaucoup)?|bonjour|bonsoir|salut|d['’]accord|"
    r"(?:muchas )?gracias|hola|buenos días|vale|there|all|everyone|charter|[\s,.!…:)(-])+",
    re.IGNORECASE,
)
_SUBJECT = r"(?:it|that|this|they|these|those|he|she|the same|cela|ça|eso|esto)"
_OPENER = re.compile(
    r"^(?:(?:ok(?:ay)?|and|but|so|also|then|well|or|et|mais|alors|y|e|pero|entonces)\b[\s,:–-]*)+",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^(?:what|how) about\b|^what of\b|^what if it is\b|^qu['’]en est-il\b|^qué (?:hay|pasa)\b"
    r"|^and\b|^but\b|^or\b|^et\b|^y\b|^pero\b|^mais\b",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"^(?:(?:no|non|sorry|wait|actually|rather|pardon)\b[\s,.:–-]*)*"
    r"(?:(?:i|we) (?:mean|meant|was asking about|am asking about|wanted)|not that,?|"
    r"je (?:veux|voulais) dire|quiero decir|quería decir)\b[\s,:]*"
    r"|^(?:no|non|sorry|actually|rather|pardon)\b[\s,.:–-]+",
    re.IGNORECASE,
)
_SAME_FOR = re.compile(
    rf"^(?:(?:is|are|was|were|does|do|did|would|will|can)\s+{_SUBJECT}\s+(?:also |too |still )?"
    r"(?:be\s+)?(?:true|valid|the same|the case|different|so|apply|hold|go|count|work)"
    r"(?:\s+(?:also|too|as well))?\s+|(?:is it )?the same\s+|same\s+)"
    r"(?:to|for|of|with|in|on)\s+(?P<rest>.+)$",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"^(?:(?:by|until|till|since|from|for|to|in|at|with|and|pour|depuis|para|desde|hasta)\s+)?"
    rf"{WH}(?:\s+(?:long|many|much|often|soon|far|high|early|late|not|so|exactly|else|is that|"
    r"is it|was that|is this|that))?(?:\s+(?:not|so|exactly|then))?$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:tell me (?:some )?more|(?:some |any )?more(?: details?| information| on this)?|go on|"
    r"continue|elaborate|(?:any|some)?\s*details?|(?:please )?explain|what else|anything else)"
    rf"(?:\s+(?:about|on|of)\s+{_SUBJECT})?$",
    re.IGNORECASE,
)
_RELATIONS = (  # what is always of something, whatever the documents are about
    r"(?:deadlines?|limits?|maximum|minimum|amounts?|rates?|costs?|price|fees?|reasons?|purpose|aims?|"
    r"conditions?|exceptions?|requirements?|criteria|procedure|process|steps?|time ?frames?|"
    r"start date|end date|duration|consequences?|penalt(?:y|ies)|sources?|next steps?)"
)
_IMPLIED = re.compile(
    rf"^(?:(?:what|which|when|where)\s+(?:is|are|was|were)\s+|)the\s+{_RELATIONS}$"
    rf"|^(?:are there|is there)\s+(?:any\s+|an?\s+)?{_RELATIONS}$"
    rf"|^who\s+(?:{AUX}\s+)*[^\W\d_]+(?:\s+(?:for|on|to|by|with))?$"
    rf"|^(?:how|when|where)\s+(?:do|does|can|may|must|should|will)\s+(?:i|we|you|one|staff)\s+"
    r"[^\W\d_]+$",
    re.IGNORECASE,
)
_AS_SUBJECT = re.compile(rf"^(?:{WH}\b.{{0,40}}?\s)?{AUX}\s+(?P<it>{_SUBJECT})\b", re.IGNORECASE)
_AS_OBJECT = re.compile(
    r"(?P<led>\b(?:for|on|of|to|about|with|by|in|under|from|behind)\s+)?"
    r"\b(?P<it>it|them|(?:that|this|these|those|him|her)(?=(?:\s+(?:too|also|then|exactly))?$))\b",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"\b(?P<it>its|their)\b", re.IGNORECASE)
_EXPLETIVE = re.compile(
    r"\bit\s+(?:(?:is|was|be)\s+)?(?:possible|allowed|permitted|necessary|required|true|mandatory|"
    r"compulsory|ok(?:ay)?|take|mean|called)\b(?=.*\b(?:to|that|for|if|when)\b)",
    re.IGNORECASE,
)


def _no_list(before: str, text: str) -> str:
    del before, text
    return ""


def follow_up(
    text: str, pasts: Sequence[Past], names: frozenset[str], refine: Refine = _no_list
) -> Carried | None:
    """Return what a question means in its conversation; None where it stands alone.

    Args:
        text: the question as it was asked.
        pasts: the turns before it, oldest first.
        names: short names of the bodies whose documents there are, in lower case.
        refine: gives the question for a list that a follow-up to one asks for; or nothing.
    """
    if not pasts or len(text) > LONGEST or greets(text):
        return None
    last, asked = pasts[-1], bare(text)
    named = (
        other_named(asked, last, names) or item_named(asked, pasts) or section_named(asked, last)
    )
    if named:
        return named
    listed = refine(last.text, text)
    if listed:
        return carry(last, listed, prefer=False)
    leaning = _OPENER.sub("", asked)
    return (
        _of_the_topic(leaning, last)
        or _of_a_fragment(asked, last, names)
        or _of_a_pronoun(leaning, last)
    )


def greets(text: str) -> bool:
    """Tell whether a text is a greeting, thanks or a nod, and no question."""
    return _GREETING.fullmatch(text.strip()) is not None


def _of_the_topic(asked: str, last: Past) -> Carried | None:
    """Complete a question word alone, "tell me more" and what is always of something."""
    topic = _topic(last)
    if _MORE.match(asked):
        return carry(last, f"More about {topic}", topic)
    if _ALONE.match(asked) or (_IMPLIED.match(asked) and content(asked) <= _FEW_TERMS):
        return carry(last, f"{topic}: {asked[0].lower()}{asked[1:]}?", topic)
    return None


def _of_a_fragment(asked: str, last: Past, names: frozenset[str]) -> Carried | None:
    """Complete "and for consultants?", "what about 2025?", "no, the ILO", "in Asia?"."""
    same = _SAME_FOR.match(_OPENER.sub("", asked))
    meant = _MEANT.sub("", asked)
    opened = _ABOUT.match(asked) is not None or meant != asked
    if same:
        phrase = f"for {same['rest']}"
    else:
        phrase = _ABOUT.sub("", _OPENER.sub("", meant)).strip(" ,:")
        phrase = re.sub(r"^not\s.+?,?\s+but\s+", "", phrase, flags=re.IGNORECASE)
    if not phrase or not _is_fragment(phrase, opened=opened or same is not None):
        return None
    new, alike = put_in_place(phrase, last.text, names)
    return carry(last, f"{new}?", prefer=alike)


def _is_fragment(phrase: str, *, opened: bool) -> bool:
    """Tell whether words are a part of a question and no question of their own."""
    led = re.match(
        r"(?:for|in|under|at|during|after|before|from|if|when|pour|para|en)\s",
        phrase,
        re.IGNORECASE,
    )
    conditional = re.match(r"(?:if|when|si)\s", phrase, re.IGNORECASE)
    asks = re.match(rf"(?:(?:by|until|since|for|to|in)\s+)?(?:{WH}|{AUX})\b", phrase, re.IGNORECASE)
    if asks and not conditional:
        return False
    if not conditional and re.search(rf"\b(?:{AUX}|i|we|you)\b", phrase, re.IGNORECASE):
        return False
    return 0 < content(phrase) <= (MOST_TERMS if opened else _FEW_TERMS) and (
        opened or led is not None
    )


def _of_a_pronoun(asked: str, last: Past) -> Carried | None:
    """Put the topic where a pronoun stands that has no noun in its own question."""
    if content(asked) > MOST_TERMS or _EXPLETIVE.search(asked):
        return None
    topic = _topic(last)
    subject, other = _AS_SUBJECT.match(asked), _AS_OBJECT.search(asked)
    possessive = _POSSESSIVE.search(asked)
    if subject and content(asked[: subject.start("it")]) <= 1:
        return carry(last, _replaced(asked, subject, topic), topic)
    if other and content(asked[: other.start()]) <= (_FEW_TERMS + 1 if other["led"] else 1):
        return carry(last, _replaced(asked, other, topic), topic)
    if possessive and not content(asked[: possessive.start()]):
        return carry(last, f"{_replaced(asked, possessive, 'the', '')} of {topic}?", topic)
    return None


def _replaced(asked: str, found: re.Match[str], by: str, closing: str = "?") -> str:
    return f"{asked[: found.start('it')]}{by}{asked[found.end('it') :]}{closing}"


def _topic(last: Past) -> str:
    return last.topic or topic_of(last.text)
