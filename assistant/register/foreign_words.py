"""Lists asked for in French and Spanish: the words of asking, as English has them.

Names stay what they are, for the register holds them in the documents' own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from assistant.question.asked_language import asked_language

_MONTHS = "January February March April May June July August September October November December"
_MONTHS_IN = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ),
}
# In the order in which they are read: longer phrases first.
_WORDS: Mapping[str, str] = {
    "fr": r"""
and who leads it <- (?:et|,)\s(?:qui|quelle\séquipe)\s(?:les?\s|en\s|la\s)?(?:dirige|pilote|mène)
not delivered <- (?:n['’](?:ont|a)\s)?pas\s(?:encore\s)?(?:été\s)?(?:réalisé|livré|tenu)e?s?
not started <- (?:n['’](?:ont|a)\s)?pas\s(?:encore\s)?(?:été\s)?(?:commencée?s?|démarrée?s?)
have been delivered <- (?:ont|a)\s(?:déjà\s)?été\s(?:réalisée?s?|livrée?s?|tenue?s?)
overdue <- en\sretard|échue?s?
in progress <- en\scours(?:\sde\sréalisation)?
ongoing <- permanente?s?|continue?s?
without a date <- (?:sans|n['’](?:ont|a)\spas\sd(?:['’]|e\s))\s?(?:date|échéance|délai)
how many_ <- combien\sd(?:e\s|['’])
how many <- combien
which are the <- quel(?:le)?s?\s(?:sont|est)\s(?:les|l['’]|la|le)?
which <- quel(?:le)?s?
what_ <- qu['’]est-ce\squ(?:e\s|['’]|i\s)
list <- (?:liste[zr]?|énumére[zr])(?:-moi)?|montre[zr]?(?:-moi)?|donne[zr]?(?:-moi)?
per team <- par\s(?:équipes?|responsables?|unités?|services?)
per theme <- par\sthèmes?
per document <- par\sdocuments?
per quarter <- par\strimestres?
per status <- par\sstatuts?|par\sétats?
led by <- (?:dirigée?s?|pilotée?s?|menée?s?)\spar
led by <- sous\sla\sresponsabilité\sd(?:e\s|u\s|es\s)?|confiée?s?\sà
lead <- (?:dirige|pilote|mène)(?:nt)?
responsible for <- responsables?\sde
promised <- (?:a|ont|s['’]est|se\ssont)[-\s](?:il\s|elle\s|t-il\s|t-elle\s)?(?:promis|engagée?s?\sà)
promised <- promet(?:tent)?|promis(?:es?)?
commitments <- engagements?
promises <- promesses?
deliverables <- livrables?
objectives <- objectifs?
due <- (?:(?:arrive(?:nt)?|vien(?:t|nent))\s)?à\séchéance
due <- échéances?\s(?=est|sont|en|au|avant|d['’]ici|par)|due?s?|prévue?s?
by the <- (?:d['’]ici|jusqu['’])(?:\s?(?:à|au|en))?(?:\sla)?
before the <- avant(?:\sla)?
after the <- après(?:\sla)?
end of <- fin
Q1 <- premier\strimestre|1er\strimestre|\bT1\b
Q2 <- (?:deuxième|second|2e)\strimestre|\bT2\b
Q3 <- (?:troisième|3e)\strimestre|\bT3\b
Q4 <- (?:quatrième|dernier|4e)\strimestre|\bT4\b
this year <- cette\sannée
this quarter <- ce\strimestre
today <- aujourd['’]hui
about_ <- (?:au\ssujet|à\spropos)\sd(?:e\s(?:la\s|l['’])?|u\s|es\s)
about_ <- concernant(?:\sl(?:a|es?)\s|\sl['’])?|sur\s(?:les?\s|la\s|l['’])?
mention <- mentionnent|parlent\sde
are there <- y\sa-t-il|il\sy\sa
under the theme <- sous\sle\sthème|sur\sle\sthème
are <- sont|est|ont|étaient
team <- l['’]équipe|les\séquipes|équipe
of the_ <- des|du|de\sla|de\sl['’]|de|d['’]
the_ <- les?|la|l['’]
or <- ou
and <- et
in <- au|en|dans|pour
that <- qui
all <- tou(?:t|te|tes|s)
""",
    "es": r"""
and who leads it <- (?:y|,)\s(?:quién|quiénes|qué\sequipo)\s(?:los?\s|las?\s)?(?:dirige|lidera)n?
not delivered <- (?:todavía|aún)\sno\s(?:se\s)?(?:han?\s)?(?:sido\s)?(?:cumplido|entregado)s?
have been delivered <- (?:se\s)?(?:ha|han)\s(?:sido\s)?(?:cumplido|entregado|realizado)s?
overdue <- (?:están\s)?atrasad[oa]s?|vencid[oa]s?|con\sretraso
in progress <- en\scurso
ongoing <- permanentes?|continu[oa]s?
without a date <- (?:sin|no\stienen?)\s(?:fecha|plazo)
how many <- cuánt[oa]s
which are <- cuáles\sson
which <- qué|cuáles
list <- (?:enumer|list)[ae]r?|muéstr[ae](?:me)?|lista\sde
per team <- por\s(?:equipos?|responsables?|unidad(?:es)?)
per theme <- por\stemas?
per document <- por\sdocumentos?
per quarter <- por\strimestres?
per status <- por\sestados?
led by <- (?:liderad|dirigid|encabezad)[oa]s?\spor|a\scargo\sde
led by <- bajo\sla\sresponsabilidad\sde
lead <- (?:dirige|lidera)n?
responsible for <- responsables?\sde
promised <- (?:ha|han)\sprometido|prometió|prometieron
promised <- se\s(?:ha\s)?comprometi(?:ó|do|eron)\sa|prometen?
commitments <- compromisos?
promises <- promesas?
objectives <- objetivos?
actions <- acciones
due <- venc(?:en|e|ían)|con\svencimiento|previst[oa]s?
by <- hasta|a\smás\stardar(?:\sen)?
before <- antes\sde(?:l)?(?:\slas?)?
after <- después\sde(?:l)?
end of <- fin(?:es)?\sde|finales\sde
Q1 <- primer\strimestre|\bT1\b
Q2 <- segundo\strimestre|\bT2\b
Q3 <- tercer\strimestre|\bT3\b
Q4 <- (?:cuarto|último)\strimestre|\bT4\b
this year <- este\saño
this quarter <- este\strimestre
today <- hoy
about_ <- sobre\s(?:el\s|las?\s|los\s)?|acerca\sde(?:l)?|relativos\sa
mention <- mencionan
are there <- hay
are <- son|están|es|está
team <- el\sequipo|los\sequipos|equipo
of the <- del|de\slas?|de\slos|de
the <- el|las?|los
or <- o
and <- y
in <- en|para
that <- que
all <- tod[oa]s?
""",
}


def in_english(text: str) -> str:
    """Return a question in French or Spanish with its words of asking in English."""
    language = asked_language(text)
    if language not in _WORDS:
        return text
    for pattern, english in _patterns(language):
        text = pattern.sub(english, text)
    # a time loses the "of" that stands before its year, and the "the" before its quarter
    text = re.sub(r"\b(Q[1-4]|[A-Z][a-z]+) of the\s+(?=\d{4}\b)", r"\1 ", text)
    text = re.sub(r"\bend of\s+of the\s+", "end of ", text)
    text = re.sub(r"\bthe\s+(?=Q[1-4]|[A-Z][a-z]+ \d{4}|\d{4})", "", text)
    return re.sub(r"\s+", " ", text.strip(" ¿¡"))


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"(?<![\w’'])(?:{words})(?:(?<=['’\s])|(?!\w))", re.IGNORECASE), english)
        for english, words in _pairs(language)
    )


def _pairs(language: str) -> Iterator[tuple[str, str]]:
    """Yield English words, each with a pattern of what stands for them."""
    for line in _WORDS[language].strip().splitlines():
        english, _, words = line.partition(" <- ")
        yield english.replace("_", " "), words
    yield from zip(_MONTHS.split(), _MONTHS_IN[language].split(), strict=True)
