"""The words of asking: what says how something is asked, not what about."""

from __future__ import annotations

import re
from itertools import pairwise

from indexing.keywords import folded, is_stop_word, tokens

# Closed-class words are left out by the tokeniser; these are the verbs and nouns of asking.
ASKING = frozenset(
    tokens(
        "tell explain describe list name give show find know say says said state mention please "
        "want need question answer information detail details document documents exactly kindly "
        "hello hi thanks thank wonder mean means according regarding concerning about does "
        "often long far ahead soon many much must may shall might able allowed"
    )
)
# Verbs that say little by themselves; where the documents do not use one, nothing is missing.
LIGHT = frozenset(
    tokens(
        "get got take make happen use go come put keep let try bring become start begin like have "
        "supposed going"
    )
)
# Only where a question begins or ends, or in a sentence that has no other words: elsewhere they
# may be what it is about ("the help desk", "an advance").
_POLITE = frozenset(
    "advance advise afternoon appreciate appreciated ask asking best bit bother case cheers "
    "clarify colleague colleagues confirm could curious day dear everyone evening favour folks "
    "friend glad good grateful greetings help hey hope hoping idea interested kind know learn let "
    "like little looking lot lovely morning nice one perhaps possible possibly pointer quick "
    "quickly really regards remind sir madam something sorry still sure team there trying "
    "understand us well whether wondering would you anybody anyone someone somebody trouble".split()
)
# With one of these a beginning is no part of the question itself; what follows them is.
_TURNING = frozenset(
    "advise appreciate ask asking clarify confirm curious dear explain grateful hello help hey hi "
    "idea interested kindly know learn please possible possibly remind sorry sure tell understand "
    "wonder wondering".split()
)
_LINKING = frozenset("about if me on that us whether with what's".split())
_FORM = frozenset("how what when where which who whom whose why".split())
_GREETINGS = frozenset("hello hey hi kindly please sorry".split())
_AFTER_TURNING = _LINKING | _FORM | _TURNING | frozenset("a an any my of our some the to".split())
_GREETING = re.compile(
    r"^\W*(?:hi|hello|hey|dear|good\s+(?:morning|afternoon|evening|day)|greetings)\b"
    r"(?:\s+\w+){0,4}?\s*[,.!:;\n–—]+\s*",
    re.IGNORECASE,
)
_BREAK = re.compile(r"(?<=[.!?;,:–—])\s+|\s+-\s+|\n")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def without_padding(text: str) -> str:
    """Return a question without what is only politeness: greeting, thanks, "could you tell me".

    The text itself where nothing else is in it.
    """
    rest = _GREETING.sub("", text, count=1)
    kept = [part for part in _BREAK.split(rest) if not _is_padding(part)]
    core = _without_end(_without_beginning(" ".join(kept).strip()))
    return core if any(stem not in ASKING for stem in tokens(core)) else text


def _is_padding(part: str) -> bool:
    words = _words(part)
    return not any(word in _FORM for word in words) and all(map(_says_nothing, words))


def _without_beginning(text: str) -> str:
    """Cut "I was wondering whether you could tell me" and the like; the question follows it."""
    words = list(_WORD.finditer(text))
    plain = [folded(match.group()) for match in words] + [""]
    place = 0
    turned = False
    for match, (word, following) in zip(words, pairwise(plain), strict=True):
        if word in _FORM or not _says_nothing(word):
            break
        turns = word in _GREETINGS or (word in _TURNING and following in _AFTER_TURNING)
        turned = turns or (turned and word in _LINKING)
        place = match.end() if turned else place
    return text[place:].lstrip(" ,:;–—-")


def _without_end(text: str) -> str:
    """Cut "please", "many thanks in advance" and the like."""
    words = list(_WORD.finditer(text))
    place = len(text)
    for position in range(len(words) - 1, 0, -1):
        word = folded(words[position].group())
        if not _says_nothing(word):
            break
        if word in {"please", "thanks", "thank", "kindly", "cheers"}:
            place = words[position].start()
    return text[:place].rstrip(" ,:;–—-")


def _says_nothing(word: str) -> bool:
    return is_stop_word(word) or word in _POLITE or word in _TURNING or set(tokens(word)) <= ASKING


def _words(text: str) -> list[str]:
    return [folded(word) for word in _WORD.findall(text)]
