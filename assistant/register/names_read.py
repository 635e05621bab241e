"""The names in a question for a list: whose commitments, under which theme, about what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.register.drafts import Draft, Run
from assistant.register.held import Field, Held, Named
from assistant.register.list_words import NEGATED, NOUN, TEAM_WORDS, VERBS, WEAK_NOUN
from assistant.register.signs import Signs

_ARTICLE = r"(?:(?:the|our|an?|any|all)\s+)?[\"“”‘'«]*\s*"
_THE = _ARTICLE + "$"
_ABOUT = re.compile(
    r"\b(?:about|on|regarding|concern(?:s|ing)?|mention(?:s|ed|ing)?|contain(?:s|ed|ing)?|with\sregard\sto|"
    r"(?:relat|refer)(?:ed|ing|e|es|s)?\sto|with\srespect\sto|deal(?:s|ing|t)?\swith|touch(?:es|ing)?\s"
    r"(?:up)?on|around|speak(?:s|ing)?\s(?:of|about)|(?:(?:have|has|having)\s)?to\sdo\swith|"
    rf"in\sthe\s(?:area|field|domain)s?\sof|as\sregards|with\sthe\swords?)\s+{_ARTICLE}",
    re.IGNORECASE,
)
_THEMED = (
    r"\b(?:(?:on|of|for|in|from|under)\s(?:the\s)?)?(?:themes?|sections?|headings?|chapters?|pillars?|"
    rf"strategic\s(?:priority|direction))(?:\s(?:of|on|named|called|is))?:?\s+{_ARTICLE}"
)
_THEME = re.compile(_THEMED, re.IGNORECASE)
_UNDER = re.compile(rf"\bunder\s+{_ARTICLE}", re.IGNORECASE)
_CLOSING = {'"': '"', "“": "”", "„": "“", "‘": "’", "«": "»", "'": "'"}
# where a phrase about something ends
_STOPS = re.compile(
    r"[;:?!¦”\"»]|,?\s*\b(?:is|are|was|were|be|do|does|did|has|have|had|will|must|shall|should|that|which|"
    r"who(?:m|se)?|when|led|lead|owned|by|per|due|from|between|until|before|after|since|not|still|"
    r"and\s(?:by|who|when|what|which|is|are|led|due|that)|(?:in|from)\s(?:each|both|every))\b",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"\s(?:in|of|from|within|by|for)\s(?:the\s|our\s)?", re.IGNORECASE)
_BESIDE = re.compile(r",?\sand\s(?:the\s)?|,\s*(?:the\s)?", re.IGNORECASE)
_TEAM_BEFORE = re.compile(rf"\b(?:{TEAM_WORDS})\s+{_THE}", re.IGNORECASE)
_TEAM_AFTER = re.compile(rf"^[\s’']*(?:{TEAM_WORDS})\b", re.IGNORECASE)
_LED_BY = re.compile(
    r"\b(?:(?:led|owned|headed|run|managed)\sby|(?:assigned|allocated|given)\sto|"
    rf"responsib(?:ility|ilities)\sof|leads?(?:\steams?)?\s?(?:is|are|:|=))\s+{_THE}",
    re.IGNORECASE,
)
_OF = re.compile(rf"\b(?:of|by|from)\s+{_THE}", re.IGNORECASE)
_IN = re.compile(rf"\b(?:in|within|inside|across|at|under)\s+{_THE}", re.IGNORECASE)
_FOR = re.compile(rf"\b(?:for|to|towards?|with)\s+{_THE}", re.IGNORECASE)
_VERB = "|".join(pattern.pattern for _, pattern in VERBS)
_SUBJECT_AFTER = re.compile(
    r"^[\s,)–-]*(?:(?:all|each|also|still|yet|already|have|has|had|did|do|does|to|got|been|be|is|are|"
    rf"will|must|should|shall|currently|now)\s+)*(?:{_VERB}|['’]s?\s|have|has|mak(?:e|es|ing)|made)",
    re.IGNORECASE,
)
_KIND_OF_DOCUMENT = re.compile(
    r"\b(?:strateg(?:y|ies)|programmes?|polic(?:y|ies)|plans?|work\s?plans?|documents?)\b",
    re.IGNORECASE,
)
_NOUN_AFTER = re.compile(rf"^\s+(?:{NOUN.pattern}|{WEAK_NOUN.pattern})", re.IGNORECASE)
_JOINS = re.compile(r"\s*(?:&|,|/|-|\band\b)\s*", re.IGNORECASE)
_ONE_PHRASE = re.compile(
    r"(?:['’]s?)?\s*(?:(?:of|in|at|within|from)\s)?\s*(?:the\s)?", re.IGNORECASE
)
_LEADS: tuple[Field, ...] = ("lead", "body", "document")
_BODIES: tuple[Field, ...] = ("body", "document", "lead")


def read_names(draft: Draft, held: Held) -> None:
    """Take out the names that stand in full, and documents named by a part of their title."""
    for one in held.named(draft.rest):
        before = draft.before(one.start)
        if one.field != "theme" and not _ends_with(_ABOUT, before):
            _take(draft, one)
    for run in draft.runs():
        for kind in _KIND_OF_DOCUMENT.finditer(run.text):
            _read_title(draft, run, kind, held)


def read_subjects(draft: Draft, held: Held) -> None:
    """Take out the themes that the commitments must stand under, and what they must be about."""
    for cue in (_THEME, _UNDER, _ABOUT):
        while (found := cue.search(draft.rest)) is not None:
            end = _end_of_phrase(draft, found.end(), held)
            phrase = draft.text[found.end() : end].strip(" ,\"“”‘’'«»")
            draft.blot(found.start(), max(end, found.end()))
            if cue is not _ABOUT and phrase and held.fitting(phrase, "theme"):
                draft.themes.append(phrase)
            elif cue is _THEME:
                draft.no_themes.append(phrase or found.group().strip())
            elif phrase:
                draft.words.append(phrase)


def read_the_rest(draft: Draft, held: Held, signs: Signs) -> None:
    """Make something of every word that is left: whose, where, about what; or not."""
    for found in draft.take(NEGATED):
        whole = NEGATED.match(draft.text, found.start())
        draft.left.append(whole.group() if whole else found.group())
    _read_joined(draft, held)
    for run in draft.runs():
        _read_run(draft, run, held, signs)
        draft.blot(run.start, run.end)
    _narrow(draft)


def _read_title(draft: Draft, run: Run, kind: re.Match[str], held: Held) -> None:
    """Take the most words around "strategy" or "programme" that are of one document's title."""
    spans = [match.span() for match in re.finditer(r"\S+", run.text)]
    at = next(place for place, (start, end) in enumerate(spans) if start <= kind.start() < end)
    first = last = at

    def fits(one: int, other: int) -> bool:
        return bool(held.fitting(run.text[spans[one][0] : spans[other][1]], "document"))

    while first and fits(first - 1, last):
        first -= 1
    while last + 1 < len(spans) and fits(first, last + 1):
        last += 1
    start, end = spans[first][0], spans[last][1]
    found = held.fitting(run.text[start:end], "document") if first < last else ()
    if len(found) == 1 and not _ends_with(_ABOUT, draft.before(run.start + start)):
        _take(draft, Named("document", found[0], run.start + start, run.start + end))


def _ends_with(cue: re.Pattern[str], before: str) -> bool:
    return any(found.end() == len(before) for found in cue.finditer(before))


def _take(draft: Draft, one: Named) -> None:
    draft.named.append(one)
    draft.blot(one.start, one.end)


def _end_of_phrase(draft: Draft, start: int, held: Held) -> int:
    """Return where a phrase ends: at its closing quote, a verb, a time, a name, the end."""
    opening = draft.text[:start].rstrip()[-1:]
    closing = draft.rest.find(_CLOSING[opening], start) if opening in _CLOSING else -1
    if closing > start:
        return closing + 1
    stop = _STOPS.search(draft.rest, start)
    end = stop.start() if stop else len(draft.rest)
    for inside in _BESIDE.finditer(draft.rest, start, end):
        if held.fitting(draft.rest[inside.end() : end], "body"):
            return inside.start()
    for inside in _INSIDE.finditer(draft.rest, start, end):
        tail = draft.rest[inside.end() : end]
        if any(held.fitting(tail, field) for field in _BODIES):
            return inside.start()
    return end


def _read_run(draft: Draft, run: Run, held: Held, signs: Signs) -> None:
    before, after = draft.before(run.start), draft.text[run.end :]
    team = _TEAM_AFTER.match(after)
    a_team = team or _TEAM_BEFORE.search(before) or _LED_BY.search(before)
    a_holder = _OF.search(before) or _SUBJECT_AFTER.match(after)
    fields = _LEADS if a_team or "lead" in signs.verbs else _BODIES
    surely = not a_team and not a_holder
    loosely = bool(_IN.search(before) or _FOR.search(before) or _NOUN_AFTER.match(after))
    values = _values(run.text, held, fields, surely=surely)
    if values:
        _name(draft, run, values, held)
    elif _in_two(draft, run, held, fields, loosely=loosely):
        return
    elif not surely:
        draft.unknown.append(f"{run.text}{team.group().rstrip() if team else ''}")
        draft.teams += draft.unknown[-1:] if a_team else []
    else:
        (draft.words if loosely else draft.left).append(run.text)


def _read_joined(draft: Draft, held: Held) -> None:
    """Take a name that an "and" or a sign goes through, with a slip in it."""
    for one, other in pairwise(draft.runs()):
        if _JOINS.fullmatch(draft.rest[one.end : other.start]) is None:
            continue
        whole = Run(draft.text[one.start : other.end], one.start, other.end)
        found = held.fitting(whole.text, "lead")
        if len(found) == 1:
            _take(draft, Named("lead", found[0], whole.start, whole.end))


def _values(words: str, held: Held, fields: Sequence[Field], *, surely: bool) -> tuple[Named, ...]:
    """Return what some words fit in the first field in which they fit anything.

    ``surely``: only a name in full, or part of the name of one body or document.
    """
    for field in fields:
        found = held.fitting(words, field)
        whole = any(held.is_whole(words, one, field) for one in found)
        if found and (not surely or whole or (field != "lead" and len(found) == 1)):
            return tuple(Named(field, value, 0, 0) for value in found)
        if found and surely and field != "lead":
            return ()
    return ()


def _name(draft: Draft, run: Run, values: Sequence[Named], held: Held) -> None:
    draft.named += [Named(one.field, one.value, run.start, run.end) for one in values]
    called = all(held.is_called(run.text, one.value, one.field) for one in values)
    if len(values) > 1 or not called:
        said = re.sub(r"['’]s$", "", run.text)
        draft.taken_for.append((said, tuple(one.value for one in values)))


def _in_two(draft: Draft, run: Run, held: Held, fields: Sequence[Field], *, loosely: bool) -> bool:
    """Read a run as a name beside another ("WTO council"), or beside what it is about."""
    for cut in re.finditer(r"\s+", run.text):
        one = Run(run.text[: cut.start()], run.start, run.start + cut.start())
        other = Run(run.text[cut.end() :], run.start + cut.end(), run.end)
        first, second = (_values(part.text, held, fields, surely=True) for part in (one, other))
        if first and (second or loosely):
            _name(draft, one, first, held)
            if second:
                _name(draft, other, second, held)
            else:
                draft.words.append(other.text)
            return True
    return False


def _narrow(draft: Draft) -> None:
    """Keep of two bodies in one phrase, "the Council of the WTO", the one inside the other."""
    bodies = sorted((one for one in draft.named if one.field in {"body", "document"}), key=_start)
    for one, other in pairwise(bodies):
        between = draft.text[one.end : other.start]
        if one.end <= other.start and _ONE_PHRASE.fullmatch(between):
            wider = max(one, other, key=lambda named: named.value.count)
            draft.named = [named for named in draft.named if named is not wider]


def _start(one: Named) -> int:
    return one.start
