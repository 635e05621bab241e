"""Where a document is a programme: only there does a list say what will be done."""

from __future__ import annotations

import re

from corpus.model import Document

_KINDS = re.compile(
    r"\b(?:strateg|stratég|estrateg|programme?s?\b|program[am]|work ?plan|plans?\b|planes\b|"
    r"roadmap|agenda\b|manifesto|feuille de route|hoja de ruta|arbeitsplan|aktionsplan)",
    re.IGNORECASE,
)
_WHEN = r"(?:\s+(?:and\s+\w+\s+)?(?:for\s+)?(?:the\s+)?(?:year\s+|period\s+)?(?:19|20)\d\d)"
_TITLES = re.compile(
    r"\bstrateg(?:y|ies|ic plan)\b|\bstratégie|\bestrategia|\bstrategie\b|\broad ?map\b|"
    r"\b(?:action|work|implementation|operational|business|people|delivery)[ -]?plan\b|"
    r"\bmanifesto\b|\bplan of action\b|\bplan d[’']action|\bplan de (?:acción|trabajo|travail)|"
    r"\baktionsplan|\barbeits(?:plan|programm)|\bprogramme of work\b|\bwork programme\b|"
    r"\bfeuille de route|\bhoja de ruta|"
    rf"\b(?:programme?|plan|agenda|objectives|priorities|commitments){_WHEN}",
    re.IGNORECASE,
)
_HEADINGS = re.compile(
    rf"{_TITLES.pattern}|"
    r"\b(?:priorities|commitments|pledges|deliverables|milestones)\b|\bnext steps\b|"
    r"\b(?:planned|agreed) (?:actions|activities)\b|\bfollow-?up actions\b|"
    r"\bactions? (?:items|points|agreed|to be taken)\b|\bpriorités\b|\bengagements\b|"
    r"\bprioridades\b|\bcompromisos\b|\bprioritäten\b",
    re.IGNORECASE,
)
_LEADS_IN = re.compile(
    r"\b(?:commits? (?:itself |themselves |ourselves )?to|committed (?:itself |ourselves )?to|"
    r"pledges?(?: to)?|priorities|commitments|next steps|(?:planned|agreed) (?:actions|activities)|"
    r"actions? (?:items|points|agreed|to be taken)|follow-?up actions|action plan|work ?plan|"
    r"s[’']engage(?:nt|ons)?\s+à|se compromet(?:e|en)\s+a|nos comprometemos\s+a|"
    r"verpflichte[nt]\s+sich)\b|"
    r"\b(?:we|the\s+(?:organi[sz]ation|administration|management|employer|company|union|"
    r"association|(?:staff\s+)?council|secretariat|parties))\s+"
    r"(?:will|shall|agrees?\s+to|undertakes?\s+to)\s*:\s*\Z",
    re.IGNORECASE,
)


_PAST = re.compile(
    r"\b(?:progress|achievements?|accomplish(?:ments?|ed)|lessons|results? of|retrospect|"
    r"what we did|"
    r"look(?:ing)? back|réalisations|bilan|logros|erreicht)\b",
    re.IGNORECASE,
)
# lists under just these words say how people should be, what could go wrong, or how it will be
# known that something was done; "Living our values" may be a theme with deeds
_NO_DEEDS = re.compile(
    r"[\W\d]*(?:(?:our|the|core|key|main|guiding|shared|corporate|vision|mission|and|nos|les|nuestros|"
    r"los|performance)\s+)*"
    r"(?:values|principles|behaviou?rs|definitions|glossary|valeurs|valores|principes|principios|"
    r"roles(?:\sand\sresponsibilities)?|risks?(?:\sand\s\w+)?|risques|riesgos|indicators?|kpis?|"
    r"indicateurs?|indicador(?:es)?|what success (?:looks like|means)|measures? of success|"
    r"success (?:criteria|factors|indicators|measures))\W*",
    re.IGNORECASE,
)


def is_programme(document: Document) -> bool:
    """Tell whether all of a document says what will be done: a strategy, a programme, a plan.

    Its kind says so, or its title: an "Action Plan" and a "Plan 2026" are, a "Pension Plan" not.
    """
    metadata = document.metadata
    if metadata.kind != "document":
        return _KINDS.search(metadata.kind) is not None
    return _TITLES.search(metadata.title) is not None


def promises(document: Document, position: int, *, programme: bool) -> bool:
    """Tell whether the list that a block is of says what will be done.

    In a programme it does, unless it stands under what was done; elsewhere its headings or the
    sentence that leads it in must say so.
    """
    block = document.blocks[position]
    path = document.sections[block.section].path
    if any(_PAST.search(heading) or _NO_DEEDS.fullmatch(heading) for heading in path):
        return False
    if programme or any(_HEADINGS.search(heading) for heading in path):
        return True
    return is_led_in(document, position)


def stands_under_promise(document: Document, position: int) -> bool:
    """Tell whether a heading above a block says that it holds what will be done."""
    path = document.sections[document.blocks[position].section].path
    promised = any(_HEADINGS.search(heading) for heading in path)
    return promised and not any(_PAST.search(heading) for heading in path)


def is_led_in(document: Document, position: int) -> bool:
    """Tell whether the sentence before a list promises what is in it: "We will:"."""
    block = document.blocks[position]
    if block.lead_in is None:
        return False
    lead_in = document.blocks[block.lead_in]
    return _LEADS_IN.search(document.text, lead_in.start, lead_in.end) is not None
