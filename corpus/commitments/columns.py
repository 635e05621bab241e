"""Which column of a table holds what: by the words of its header, in four languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

Role = Literal["objective", "action", "party", "time"]

_OBJECTIVE = (
    r"objectives?|goals?|aims?|outcomes?|priorit(?:y|ies)|commitments?|pledges?|promises?|"
    r"recommendations?|expected results?|objectifs?|buts?|engagements?|priorités?|"
    r"résultats? attendus?|recommandations?|objetivos?|metas?|compromisos?|prioridad(?:es)?|"
    r"resultados? esperados?|"
    r"recomendaci(?:ón|ones)|ziele?|prioritäten?|zusagen?"
)
_ACTION = (
    r"actions?|action (?:items?|points?)|follow-?up actions?|activit(?:y|ies)|initiatives?|tasks?|"
    r"deliverables?|milestones?|"
    r"outputs?|measures?|what we will do|what will be done|what|was|quoi|qué|activités?|mesures?|"
    r"tâches?|livrables?|"
    r"jalons?|"
    r"acci(?:ón|ones)|actividad(?:es)?|medidas?|tareas?|iniciativas?|entregables?|hitos?|"
    r"ma(?:ß|ss)nahmen?|aktivitäten?|aufgaben?|meilensteine?"
)
_PARTY = (
    r"leads?|lead(?:ing)? (?:team|unit|agency|department|division|office|entity|party|person|"
    r"role)s?|led by|responsible|responsible (?:party|parties|unit|units|person|persons|officers?|"
    r"officials?|managers?|directors?|"
    r"team|teams|department|departments|division|office|entity|entities)|responsibility|"
    r"(?:persons?|part(?:y|ies)|units?|teams?|offices?) responsible|owners?|owned by|accountable|"
    r"accountability|in charge|who|by whom|assigned to|assignees?|focal points?|coordinators?|"
    r"implement(?:ing|ed by)(?: (?:unit|partner|team|agency)s?)?|responsables?|chefs? de file|"
    r"pilotes?|qui|(?:unité|service|personne)s? responsables?|encargad[oa]s?|a cargo(?: de)?|"
    r"quién(?:es)?|"
    r"(?:unidad|área|persona)(?:es|s)? responsables?|verantwortlich(?:e[rn]?|keit)?|"
    r"zuständig(?:keit)?|federführung|wer"
)
_TIME = (
    r"time ?frames?|time-frames?|time ?lines?|timings?|time|timetables?|due|due by|by when|when|"
    r"end|"
    r"completion|(?:target|planned|expected) completion|(?:(?!start|begin)[\w-]+ ){0,2}"
    r"(?:dates?|deadlines?)|schedules?|quarters?|to be completed by|échéances?|échéanciers?|"
    r"délais?|calendriers?|quand|dates? limites?|plazos?|fechas?(?: límite)?|cuándo|"
    r"calendarios?|cronogramas?|fristen?|frist|termine?|zeitrahmen|zeitplan|bis wann|wann"
)
_WORDS: tuple[tuple[Role, str], ...] = (
    ("party", _PARTY),
    ("time", _TIME),
    ("action", _ACTION),
    ("objective", _OBJECTIVE),
)
_HEADS = tuple((role, re.compile(rf"(?:{words})\Z", re.IGNORECASE)) for role, words in _WORDS)
# words before a head that leave it what it is: "Key activities", "Strategic objective"
_QUALIFIED = re.compile(
    r"(?:(?:key|main|major|strategic|specific|general|overall|planned|proposed|agreed|corrective|"
    r"concrete|priority|hr|our|the|list of|description of|description|target|expected|indicative|"
    r"action|lead|primary|timing|timeline|principales?|prévues?|stratégiques?|les|des|los|las|"
    r"principales)\s+)+",
    re.IGNORECASE,
)
# "Performance measure", "Measure of success": what is measured, not what is done
_TAIL = re.compile(
    r"\s+(?:(?:for|of|to|de|du|des|del|d[’'])\b.*|principa(?:les?|ux)|prévue?s?|clés?|clave|"
    r"previst[oa]s?|"
    r"responsible|required|needed)\Z",
    re.IGNORECASE,
)
_NO_HEAD = re.compile(
    r"\b(?:performance|success|outcome|impact|baseline|indicators?|kpis?|targets? met|results? \d|"
    r"met)\b",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"\s*(?:[/&|+,;–—]|\band\b|\bor\b|\bet\b|\by\b|\bund\b|\(|\))\s*", re.IGNORECASE
)


# what is under these heads was promised, however it is worded: "HR should …"
_PROMISE = re.compile(
    r"\b(?:recommendations?|commitments?|pledges?|promises?|agreed actions?|management actions?|"
    r"action (?:items?|points?)|recommandations?|recomendaci(?:ón|ones)|compromisos?|"
    r"empfehlungen|zusagen?)\b",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"\b(?:response|status|decision|position|accepted|acceptance|agreed|réponse|statut|décision|"
    r"acceptée?|respuesta|estado|decisión|aceptada|antwort|entscheidung)\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"(?:not\s(?:accepted|agreed|approved)|non[\s-](?:accept|retenu)\w*|rejected|refused|declined|"
    r"withdrawn|refusée?s?|rejetée?s?|no\s(?:se\s)?acepta\w*|rechazad[oa]s?|abgelehnt)"
    r"\s*(?:[.;,:(–—-].*)?|(?:no|non|nein)\W*",
    re.IGNORECASE | re.DOTALL,
)
_STEP = re.compile(
    r"(?:steps?|étapes?|pasos?|schritte?)(?:\s(?:no\.?|number|#))?\W*", re.IGNORECASE
)


def heads_promises(headers: Sequence[str]) -> bool:
    """Tell whether a head names what was promised, agreed or recommended."""
    return any(_PROMISE.search(header) and role_of(header) for header in headers)


def heads_procedure(headers: Sequence[str]) -> bool:
    """Tell whether a table has the steps of a procedure, which recur and are no commitments."""
    return any(_STEP.fullmatch(header.strip()) for header in headers)


def is_refused(header: str, text: str) -> bool:
    """Tell whether a cell says that what its row recommends will not be done."""
    return _ANSWER.search(header) is not None and _REFUSED.fullmatch(text.strip()) is not None


@lru_cache(1_024)
def role_of(header: str) -> Role | None:
    """Return what the column under a header holds; None where its words name nothing of these.

    "Description & Key activities" holds actions; "Performance measure" what is measured.
    """
    plain = " ".join(header.split()).replace("(s)", "s").strip(" :.*#")
    if not plain or _NO_HEAD.search(plain):
        return None
    found = [role for part in _PARTS.split(plain) if (role := _head(part))]
    return found[0] if found else _under_a_head(plain)


def _under_a_head(header: str) -> Role | None:
    """Return what a column holds by the lower of two heads: "Responsibility Lead"."""
    upper, _, lower = header.rpartition(" ")
    return _head(lower) if upper and _head(upper) else None


def roles_of(headers: Sequence[str]) -> tuple[Role | None, ...] | None:
    """Return what each column of a table holds; None where it is no table of commitments.

    It is one where an objective or action has a responsible party or a time beside it.
    """
    roles = tuple(map(role_of, headers))
    promised = "objective" in roles or "action" in roles
    return roles if promised and ("party" in roles or "time" in roles) else None


def _head(part: str) -> Role | None:
    bare = _QUALIFIED.sub("", part)
    for words in (part, bare, _TAIL.sub("", part), _TAIL.sub("", bare)):
        for role, pattern in _HEADS:
            if pattern.match(words.strip()):
                return role
    return None
