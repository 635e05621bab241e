"""What a question names by its place: "the second one", "the other document", "that section"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from assistant.conversation.past import Item, Known, Past, carry, content
from assistant.reply import Carried

_One = TypeVar("_One", Item, Known)
_MOST_BESIDE = 4  # words of content beside what is named by its place
_DOCUMENT = (
    r"(?:documents?|polic(?:y|ies)|strateg(?:y|ies)|handbooks?|manuals?|guidelines?|texts?|sources?|"
    r"programmes?|rules?|documentos?|política|politique|texto)"
)
_SECTION = r"(?:section|chapter|clause|paragraph|article|annex|part)"
_BODY = r"(?:body|bodies|organi[sz]ations?|agency|agencies|institutions?|union|side|party)"
_ORDINALS = {
    "first": 1, "1st": 1, "former": 1, "premier": 1, "première": 1, "primero": 1, "primera": 1,
    "second": 2, "2nd": 2, "latter": 2, "deuxième": 2, "seconde": 2, "segundo": 2, "segunda": 2,
    "third": 3, "3rd": 3, "troisième": 3, "tercero": 3, "tercera": 3,
    "fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "sixth": 6, "6th": 6, "seventh": 7, "7th": 7,
    "eighth": 8, "8th": 8, "ninth": 9, "9th": 9, "tenth": 10, "10th": 10,
    "last": -1, "dernier": -1, "dernière": -1, "último": -1, "última": -1,
}  # fmt: skip
_PLACE = re.compile(
    rf"\b(?:the|le|la|el)\s+(?P<place>{'|'.join(_ORDINALS)})\b"
    rf"(?:\s+(?:of (?:them|these|those)\b|(?P<kind>ones?|items?|points?|entry|row|passage|quote|"
    rf"quotation|bullet|result|option|{_DOCUMENT})\b)|(?=[\s?.!]*$))",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?:\[(?P<mark>\d{1,2})\]|\b(?:number|no\.|item|point|citation|source|quote|passage)\s+"
    r"(?P<number>\d{1,2})(?![\w.]*\d)|^(?P<alone>\d{1,2})(?=$))",
    re.IGNORECASE,
)
_OTHER = re.compile(
    rf"\b(?:the\s+other|l['’]autre|el otro|la otra|another|any\s+other)\s+"
    rf"(?P<kind>{_DOCUMENT}|{_BODY}|ones?)\b|\bthe others?$",
    re.IGNORECASE,
)
_THAT = re.compile(
    rf"\b(?:that|this|the same|the (?:rest|whole) of (?:that|this|the))\s+"
    rf"(?:(?P<section>{_SECTION})|(?P<document>{_DOCUMENT}))\b",
    re.IGNORECASE,
)
# what may stand beside it in a question that says nothing else
_BESIDE = re.compile(
    r"\b(?:and|but|so|ok|no|sorry|what|how|about|of|in|on|from|is|are|does|do|it|there|tell|me|give|"
    r"some|more|details?|information|explain|show|read|quote|says?|said|i|mean|meant|please|according|"
    r"to|the|same|et|y|dans|en|sur|sobre)\b",
    re.IGNORECASE,
)


def item_named(asked: str, pasts: Sequence[Past]) -> Carried | None:
    """Return what "the second one", "the last document" and "[3]" mean; None where none is meant.

    Numbers are those of the citations. Ordinals count the items of the list or table that was
    quoted, where one was, else all quotes.
    """
    found = _PLACE.search(asked) or _NUMBER.search(asked)
    if found is None:
        return None
    beside = f"{asked[: found.start()]} … {asked[found.end() :]}"
    if content(beside) > _MOST_BESIDE:
        return None
    if re.fullmatch(_DOCUMENT, found.groupdict().get("kind") or "", re.IGNORECASE):
        return _document_named(found, beside, pasts[-1])
    item = _item(found, pasts)
    if item is None:
        return None
    return _about_item(item, asked, found, pasts[-1])


def other_named(asked: str, last: Past, names: frozenset[str]) -> Carried | None:
    """Return what "the other document" and "the other body" mean; None where none is meant.

    Of two that were quoted it is the second; where one was quoted, it is any but that.
    """
    found = _OTHER.search(asked)
    if found is None or not last.documents:
        return None
    beside = f"{asked[: found.start()]} … {asked[found.end() :]}"
    if content(beside) > _MOST_BESIDE:
        return None
    current = last.documents[0]
    of_body = re.fullmatch(_BODY, found["kind"] or "", re.IGNORECASE) is not None
    left_out = current.same_body if of_body and current.same_body else (current.id,)
    other = next((one for one in last.documents if one.id not in left_out), None)
    if _says_nothing_else(beside):
        text = _of_other(last.text, current, other, names)
    else:
        text = f"{asked[: found.start()]}the document{asked[found.end() :]}?"
    carried = carry(last, text, last.topic, prefer=False)
    if other:
        return _confined(carried, other)
    said = f"{carried.text} (not in “{current.title}”)"
    rests = (*carried.rests_on, current.key)
    return replace(carried, said=said, only=(), without=left_out, rests_on=rests)


def section_named(asked: str, last: Past) -> Carried | None:
    """Return what "that section" and "this policy" mean; None where none is meant."""
    found = _THAT.search(asked)
    if found is None or not last.items:
        return None
    first = last.items[0]
    words = first.heading if found["section"] else first.document.title
    beside = f"{asked[: found.start()]} … {asked[found.end() :]}"
    if not words or content(beside) > _MOST_BESIDE:
        return None
    if _says_nothing_else(beside):
        text = f"More about “{words}”"
    else:
        text = f"{asked[: found.start()]}“{words}”{asked[found.end() :]}?"
    return _confined(carry(last, text, f"“{words}”"), first.document)


def _document_named(found: re.Match[str], beside: str, last: Past) -> Carried | None:
    chosen = _at(found, last.documents)
    if chosen is None:
        return None
    text = last.text if _says_nothing_else(beside) else f"{beside.replace('…', 'the document')}?"
    return _confined(carry(last, " ".join(text.split()), last.topic), chosen)


def _about_item(item: Item, asked: str, found: re.Match[str], last: Past) -> Carried:
    beside = f"{asked[: found.start()]} … {asked[found.end() :]}"
    if not _says_nothing_else(beside):
        text = f"{asked[: found.start()]}“{item.words}”{asked[found.end() :]}?"
    elif last.item and last.item in last.text:  # "who leads the first one?", "and the second?"
        text = last.text.replace(last.item, item.words)
    else:
        text = f"More about “{item.words}”"
    carried = carry(last, text, f"“{item.words}”")
    rests = tuple(dict.fromkeys((*carried.rests_on, item.document.key)))
    return replace(carried, item=item.words, preferred=(item.document.id,), rests_on=rests)


def _item(found: re.Match[str], pasts: Sequence[Past]) -> Item | None:
    """Return the quote that is meant: of the last reply that has one there, and more than one.

    After a question about one item, the next one is of the same list.
    """
    before = [past for past in pasts if _lists(past, pasts[-1].item)]
    for past in (*before[-1:], *reversed(pasts)):
        listed = tuple(one for one in past.items if one.listed)
        digits = found.groupdict()
        if "place" in digits:
            pool = listed if len(listed) > 1 else past.items
            chosen = _at(found, pool) if len(pool) > 1 else None
        else:
            number = int(digits["mark"] or digits["number"] or digits["alone"])
            chosen = next((one for one in past.items if one.number == number), None)
        if chosen:
            return chosen
    return None


def _lists(past: Past, words: str) -> bool:
    """Tell whether a reply quoted an item among others of its list."""
    listed = [one.words for one in past.items if one.listed]
    return len(listed) > 1 and words in listed


def _at(found: re.Match[str], pool: Sequence[_One]) -> _One | None:
    place = _ORDINALS[found["place"].casefold()]
    if found["place"].casefold() in {"former", "latter"} and len(pool) != 2:  # noqa: PLR2004  of two
        return None
    position = place if place < 0 else place - 1
    return pool[position] if pool and position < len(pool) else None


def _confined(carried: Carried, one: Known) -> Carried:
    rests = tuple(dict.fromkeys((*carried.rests_on, one.key)))
    said = f"{carried.text} (in “{one.title}”)"
    return replace(
        carried, said=said, only=(one.id,), without=(), preferred=(one.id,), rests_on=rests
    )


def _of_other(text: str, current: Known, other: Known | None, names: frozenset[str]) -> str:
    """Ask the same of another body, where the question names the one that answered."""
    mine = current.names - (other.names if other else frozenset())
    theirs = (other.names if other else names) - current.names
    for name in sorted(mine):
        like = rf"\b(?P<the>the\s+)?{re.escape(name)}\b"
        by = rf"\g<the>{min(theirs).upper()}" if len(theirs) == 1 else "it"
        text = re.sub(like, by, text, flags=re.IGNORECASE)
    return text


def _says_nothing_else(beside: str) -> bool:
    return re.search(r"[^\W_]", _BESIDE.sub(" ", beside)) is None
