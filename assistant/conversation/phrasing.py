"""Questions as phrases: what a question is about, and one phrase put in the place of another.

Everything here goes by the form of a sentence. English first; openers of French and Spanish.
"""

from __future__ import annotations

import re

from indexing.keywords import tokens

WH = (
    r"(?:who(?:m|se)?|what|which|when|where|why|how|qui|quand|pourquoi|comment|combien|où|quel(?:le)?s?|"
    r"quién(?:es)?|quien(?:es)?|cuándo|cuando|cuánt[oa]s?|cuant[oa]s?|cómo|dónde|por qué|qué)"
)
AUX = (
    r"(?:is|are|was|were|am|be|been|being|do|does|did|has|have|had|can|could|may|might|must|shall|"
    r"should|will|would)"
)
_IN = (
    r"(?:for|in|under|at|on|with|without|during|after|before|from|to|as|by|since|until|within|"
    r"between|outside|against|among|about|regarding|pour|dans|avec|sans|sous|chez|après|avant|para|"
    r"con|sin|bajo|después de|antes de)"
)
_FOR = r"(?:for|pour|para)"
_POLITE = re.compile(
    r"^(?:(?:please|kindly|could you|can you|would you|i (?:would|['’]d) like to|i want to|"
    r"i need to|let me)\s+)*(?:(?:tell me|know|say|explain|find out)\s+)?(?:about\s+)?",
    re.IGNORECASE,
)
_ANSWERED = re.compile(rf"^(?P<topic>.+?): (?:[\w’']+ )?{WH}\b.*$", re.IGNORECASE)
_SAYS = re.compile(
    r"^(?:what|which)\s+(?:do|does|did|has|have|had|will|must|should)\s+(?P<who>.+?)\s+"
    r"(?:say|said|state|do|done|plan|provide|promise|want|propose|require|mean)\s+"
    r"(?:about|on|for|regarding|with|to)\s+(?P<topic>.+)$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    rf"^(?:who|which(?:\s+[\w’'-]+){{1,3}}?)\s+(?:(?:{AUX})\s+)+(?:[\w’'-]+\s+)?"
    r"(?:for|of|to|with|on|by|in charge of)\s+(?P<topic>.+)$",
    re.IGNORECASE,
)
_DOER = re.compile(
    rf"^who\s+(?:{AUX}\s+)*[\w’'-]+\s+(?:(?:on|for|with|to|over)\s+)?(?P<topic>.+)$", re.IGNORECASE
)
_OF_WHEN = re.compile(
    rf"^(?:by\s+)?when\s+{AUX}\s+(?P<topic>(?:(?!\b{AUX}\b).)+?)(?=\s+{AUX}\b|\s+\w+(?:ed|en)$|$)",
    re.IGNORECASE,
)
_OF_WHAT = re.compile(r"^what\s+(?:is|are)\s+(?P<topic>[^,]+)$", re.IGNORECASE)
_MORE = re.compile(r"^more about:?\s+(?P<topic>.+)$", re.IGNORECASE)
_HEAD = re.compile(
    rf"^(?:(?:by|until|since|from|for|to|in|at|on)\s+)?{WH}\b(?:\s+(?:many|much|long|often|soon|far|"
    r"high|large|early|late))?",
    re.IGNORECASE,
)
_VERBAL = re.compile(
    rf"\b(?:{AUX}|there|i|we|you|one|me|my|us|our|your|get|got|take|takes|need)\b", re.IGNORECASE
)
_SECOND = re.compile(rf",?\s+and\s+(?:by\s+|until\s+|since\s+)?{WH}\b.*$", re.IGNORECASE)
_DETERMINER = re.compile(
    r"^(?:the|an?|any|all|some|my|our|your|their|those|these|les?|la|des?|du|un|una|los|las|el)\s+",
    re.IGNORECASE,
)
_KINDS = (  # figures of one kind take each other's place
    re.compile(r"\b(?:19|20)\d\d\b"),
    re.compile(r"\bQ\s?[1-4]\b", re.IGNORECASE),
    re.compile(r"\b[A-Z]{1,3}-?\d{1,2}\b"),
    re.compile(r"\bversion \d[\w.]*", re.IGNORECASE),
)
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
# "one" of "the short-term one" stands for the noun that the other phrase ends with
_ONE = re.compile(r"\bones?$", re.IGNORECASE)


def bare(text: str) -> str:
    """Return a question without its closing signs and polite opening."""
    return _POLITE.sub("", text.strip(" \n¿¡")).rstrip(" ?!.…\n").strip()


def topic_of(question: str) -> str:
    """Return what a question is about: of "Who leads the framework?" the phrase "the framework"."""
    text = bare(question)
    answered = _ANSWERED.match(text)
    if answered:
        return answered["topic"]
    text = _SECOND.sub("", text)
    says = _SAYS.match(text)
    if says:
        return f"{says['topic']}, {says['who']}"
    for form in (_MORE, _ROLE, _DOER):
        found = form.match(text)
        if found and tokens(found["topic"]):
            return found["topic"]
    rest = _VERBAL.sub(" ", _HEAD.sub("", text))
    rest = re.sub(r"\s+([,;])", r"\1", re.sub(r"\s{2,}", " ", rest)).strip(" ,;")
    return rest if tokens(rest) else text


def put_in_place(phrase: str, question: str, names: frozenset[str]) -> tuple[str, bool]:
    """Put a phrase where a question has one of its kind, else at its end.

    A year takes the place of a year, a body that of a body, "for …" that of "for …", "sick leave"
    that of "annual leave".

    Args:
        phrase: without closing signs: "for consultants", "2025", "the sick leave".
        question: the question that it changes.
        names: short names of bodies, in lower case.

    Returns:
        The new question without its question mark, and whether it still has the same subject.
    """
    text = bare(question)
    return (
        _figure_for_figure(phrase, text)
        or _name_for_name(phrase, text, names)
        or _same_compound(phrase, text)
        or _same_preposition(phrase, text)
        or _same_head(phrase, text)
        or _topic_for_topic(phrase, text)
        or _at_the_end(phrase, text)
    )


def _figure_for_figure(phrase: str, text: str) -> tuple[str, bool] | None:
    """Let years, quarters, grades and versions take the place of their like, or close it."""
    kinds = [kind for kind in _KINDS if kind.search(phrase)]
    replaced = text
    for kind in kinds:
        for old in kind.findall(replaced)[-1:]:
            replaced = _last_replaced(replaced, old, kind.findall(phrase)[-1])
    if replaced != text:
        return replaced, True
    if kinds and kinds[0].fullmatch(_without_lead(phrase)):
        lead = "" if re.match(rf"{_IN}\s", phrase, re.IGNORECASE) else "in "
        return f"{text} {lead}{phrase}", True
    return None


def _name_for_name(phrase: str, text: str, names: frozenset[str]) -> tuple[str, bool] | None:
    """Let one body take the place of another."""
    new = _without_lead(phrase)
    if new.casefold() not in names:
        return None
    old = [word for word in _WORD.findall(text) if word.casefold() in names]
    return (_last_replaced(text, old[-1], new), False) if old else None


def _same_compound(phrase: str, text: str) -> tuple[str, bool] | None:
    """Let "for short-term staff" take the place of "under a fixed-term appointment"."""
    for new in re.finditer(r"[^\W\d_]+[-‑](?P<end>[^\W\d_]+)", phrase):
        old = re.search(
            rf"(?P<lead>\b{_IN}\s+)?(?:(?:an?|the)\s+)?\b[^\W\d_]+[-‑]{new['end']}\b"
            rf"(?:\s+(?!{AUX}\b|{_IN}\b)[^\W_]+)?",
            text,
            re.IGNORECASE,
        )
        if old and old.group().casefold() != phrase.casefold():
            led = re.match(rf"{_IN}\s", phrase, re.IGNORECASE)
            noun = old.group().split()[-1]
            without = phrase[led.end() :] if led else phrase
            by = phrase if led and old["lead"] else f"{old['lead'] or ''}{without}"
            return f"{text[: old.start()]}{_ONE.sub(noun, by)}{text[old.end() :]}", True
    return None


def _same_preposition(phrase: str, text: str) -> tuple[str, bool] | None:
    """Let "for X" take the place of "for Y" at the end of a question, as far as both are words."""
    lead = re.match(rf"{_IN}\s+", phrase, re.IGNORECASE)
    if not lead:
        return None
    word = lead.group().strip()
    words = _FOR if re.fullmatch(_FOR, word, re.IGNORECASE) else re.escape(word)
    like = rf",?\s{words}\s+(?P<rest>(?:(?!\b{_IN}\s).)+?)(?=$|[,;:])"
    old = list(re.finditer(like, text, re.IGNORECASE))
    if not old or bool(re.search(r"\d", old[-1]["rest"])) != bool(re.search(r"\d", phrase)):
        return None
    new = _ONE.sub(old[-1]["rest"].split()[-1], phrase)
    return f"{text[: old[-1].start()]} {new}{text[old[-1].end() :]}", True


def _same_head(phrase: str, text: str) -> tuple[str, bool] | None:
    """Let "sick leave" take the place of "annual leave": phrases that end with one noun."""
    lead = re.match(rf"(?:{_IN}\s+)?", phrase, re.IGNORECASE)
    new = _DETERMINER.sub("", phrase[lead.end() :] if lead else phrase)
    words = _WORD.findall(new)
    head = tokens(words[-1]) if words else ()
    if not head or len(words) < 2:  # noqa: PLR2004  a modifier and its noun
        return None
    spans = [m.span() for m in _WORD.finditer(text) if tokens(m.group())[-1:] == head[-1:]]
    if not spans:
        return None
    start, end = spans[-1]
    before = re.search(r"(?:[^\W_]+(?:[-'’][^\W_]+)*\s+){1,3}$", text[:start])
    modifiers = before.group().split() if before else []
    kept = len(words) - 1
    replaced: list[str] = []
    while modifiers and tokens(modifiers[-1]) and len(replaced) < kept:
        replaced.insert(0, modifiers.pop())
    start -= sum(len(word) + 1 for word in replaced)
    return f"{text[:start]}{new}{text[end:]}", not replaced


def _topic_for_topic(phrase: str, text: str) -> tuple[str, bool] | None:
    """Let "the gate" take the place of "the fence" in "Who paints the fence?".

    Several without an article ("and children?") are rather those whom it is asked for.
    """
    several = phrase.endswith("s") and not phrase.endswith("ss")
    if re.match(rf"{_IN}\s", phrase) or (several and not _DETERMINER.match(phrase)):
        return None
    for form in (_SAYS, _ROLE, _DOER, _OF_WHEN, _OF_WHAT):
        found = form.match(text)
        if found:
            start, end = found.span("topic")
            return f"{text[:start]}{phrase}{text[end:]}", False
    return None


def _at_the_end(phrase: str, text: str) -> tuple[str, bool]:
    if re.match(rf"(?:{_IN}|if|when|where|while|unless|si)\b", phrase, re.IGNORECASE):
        return f"{text}, {phrase}", True
    old = list(re.finditer(rf",?\s{_FOR}\s+(?P<rest>[^,;:]+)$", text, re.IGNORECASE))
    if old:
        new = _ONE.sub(old[-1]["rest"].split()[-1], phrase)
        return f"{text[: old[-1].start()]} for {new}", True
    return f"{text}, for {phrase}", True


def _without_lead(phrase: str) -> str:
    without = re.sub(rf"^{_IN}\s+", "", phrase, flags=re.IGNORECASE)
    return _DETERMINER.sub("", without).strip()


def _last_replaced(text: str, old: str, new: str) -> str:
    before, _, after = text.rpartition(old)
    return f"{before}{new}{after}"
