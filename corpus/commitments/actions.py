"""Whether words begin with what will be done: "Develop …", "To frame …", "Actively take part …"."""

from __future__ import annotations

import re
from functools import cache

# base forms that plans and programmes begin with
_VERBS = frozenset(
    """
    abolish accelerate accompany achieve acquire act add address adjust administer adopt advance
    advise advocate align allocate amend analyse analyze anticipate appoint apply approve arrange
    assess assign assist assure attract audit automate award begin bring broaden build campaign
    carry centralise centralize challenge champion circulate clarify clean close collaborate
    collect combat commission commit communicate compare compile complete comply conclude conduct
    confirm consider consolidate consult continue contribute convene cooperate coordinate cover
    create cultivate cut customise customize decentralise decentralize decide decrease dedicate
    deepen defend define deliver demand deploy design designate determine develop devise digitalise
    digitalize digitise digitize disclose discuss disseminate distribute diversify document double
    draft draw eliminate embed embrace empower enable encourage enforce engage enhance enlarge
    enrich ensure equip eradicate establish evaluate examine exchange execute expand expedite
    explain explore extend facilitate familiarise familiarize finalise finalize finance find follow
    formalise formalize formulate foster frame fulfil fulfill further gather generate give grant
    grow guarantee guide harmonise harmonize help hire hold host identify implement improve include
    incorporate increase inform initiate innovate install instil institute institutionalise
    institutionalize integrate intensify introduce invest investigate invite involve issue join
    keep launch lead leverage liaise limit link list lobby maintain make manage map maximise
    maximize measure mediate mentor minimise minimize mitigate mobilise mobilize modernise modernize
    modify monitor motivate move negotiate nominate nurture obtain offer open operate operationalise
    operationalize optimise optimize organise organize oversee participate perform persuade phase
    pilot plan position prepare present preserve press prevent prioritise prioritize procure produce
    professionalise professionalize promote propose protect provide publicise publicize publish
    pursue push put raise rationalise rationalize reach reassess rebalance recognise recognize
    recommend reconsider record recruit redefine redesign reduce refine reform refresh regularise
    regularize reinforce remind remove renegotiate renew reorganise reorganize replace report
    represent request require research reskill resolve respond restore restructure retain retrain
    revamp revise revisit revive roll rollout safeguard scale secure seek select set share simplify
    socialise socialize solicit solve speed sponsor staff standardise standardize start steer
    step stimulate stop streamline strengthen strive structure study submit supply support survey
    sustain tackle tailor take target teach terminate test track train transfer transform
    translate transmit treat undertake unify update upgrade uphold upskill use utilise utilize
    validate verify visit welcome widen work write
    """.split()
)
# verbs that are as often nouns: what follows must show which they are
_NOUNS_TOO = frozenset(
    """
    act address advance advocate attract audit award campaign challenge champion cover cut demand
    design document double draft exchange finance focus frame grant guide help host increase
    initiate issue issues join launch lead limit link list lobby map measure mentor monitor move
    offer pilot plan position present press process project push raise reach record reform report
    request research review scale select set share sponsor staff start step stop structure study
    supply support survey target test track train transfer transform treat update upgrade use visit
    work
    """.split()
)
_VERBS_TOO = _VERBS | _NOUNS_TOO | {"review"}
# after which a word that may be either was a noun
_AFTER_NOUNS = re.compile(
    r"(?:of|for|from|is|are|was|were|has|have|had|will|shall|must|may|can|should|would|which|"
    r"who)\b|[:,;.)–—]|$",
    re.IGNORECASE,
)
_PLAINLY_NOUNS = re.compile(
    r"(?:training|meeting|housing|parking|banking|funding|learning)s?\b", re.IGNORECASE
)
_DEEDS = re.compile(
    r"(?:adoption|appointment|assessment|completion|consolidation|creation|definition|delivery|"
    r"deployment|design|development|elaboration|establishment|evaluation|expansion|extension|"
    r"harmoni[sz]ation|implementation|improvement|integration|introduction|launch|moderni[sz]ation|"
    r"negotiation|organi[sz]ation|preparation|promotion|protection|provision|publication|"
    r"reduction|reinforcement|renewal|review|revision|roll-?out|simplification|update)\s+of\s",
    re.IGNORECASE,
)
_ADVERB = re.compile(
    r"(?:[A-Za-z]+ly|also|further|better|always|together|not|jointly)\s+", re.IGNORECASE
)
_INFINITIVE = re.compile(r"to\s+", re.IGNORECASE)
_UNDERTAKES = re.compile(
    r"(?!(?:this|that|these|those|it|they|which|there|such)\b)(?:we|"
    r"(?:[\w&/’'.-]+\s+){1,8}?)\s*(?:will|shall|commits?\s+(?:itself\s+|themselves\s+)?to|"
    r"undertakes?\s+to|pledges?\s+to|plans?\s+to|intends?\s+to|aims?\s+to|agrees?\s+to)\s+",
    re.IGNORECASE,
)
# "In consultation with the medical service, …": what leads in to the verb after a comma
_LEADS_IN = re.compile(
    r"(?:as|at|based|building|by|drawing|during|following|for|from|in|jointly|on|over|through|"
    r"throughout|together|under|until|using|where|when|with|within|working)\b[^.;:]{3,160}?,\s+",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SPACES = re.compile(r"\s+")
_INFINITIVES = {
    "fr": re.compile(
        r"(?:(?:de|d[’']|à|se|s[’'])\s*)?[^\W\d_]{2,}(?:er|ir|oire?|re)\s", re.IGNORECASE
    ),
    "es": re.compile(r"(?:a\s+)?[^\W\d_]{2,}(?:ar|er|ir)(?:se)?\s", re.IGNORECASE),
    "pt": re.compile(r"(?:a\s+)?[^\W\d_]{2,}(?:ar|er|ir)(?:-se)?\s", re.IGNORECASE),
}


def begins_with_action(text: str, language: str = "en") -> bool:
    """Tell whether a text begins with what will be done.

    That is a verb in its base form or its gerund, also after "to", an adverb or a phrase that
    leads in to it; or somebody who "will" do it; or a noun of doing with "of". In French, Spanish
    and Portuguese it is an infinitive.
    """
    text = text.lstrip('-–—•*▪◦ \t\n"“«(')
    foreign = _INFINITIVES.get(language[:2].lower())
    if foreign is not None and foreign.match(text):
        return True
    return _is_action(text) or _after_what_leads_in(text)


def starts_action(text: str) -> bool:
    """Tell whether a text begins with a verb in its base form that cannot be a noun here."""
    word = _WORD.match(text)
    return word is not None and _is_verb(word.group().lower(), text[word.end() :])


def _after_what_leads_in(text: str) -> bool:
    leads_in = _LEADS_IN.match(text)
    return leads_in is not None and _is_action(text[leads_in.end() :])


def _is_action(text: str) -> bool:
    for opening in (_INFINITIVE, _UNDERTAKES):
        opened = opening.match(text)
        if opened and _begins_with_verb(text[opened.end() :], sure=True):
            return True
    return _DEEDS.match(text) is not None or _begins_with_verb(text)


def _begins_with_verb(text: str, *, sure: bool = False) -> bool:
    """Tell whether a verb comes first or after an adverb; ``sure`` where it can be no noun."""
    adverb = _ADVERB.match(text)
    for rest in (text, text[adverb.end() :] if adverb else ""):
        word = _WORD.match(rest)
        if word is None:
            continue
        first, after = word.group().lower(), rest[word.end() :]
        if (sure and first in _VERBS_TOO) or _is_verb(first, after) or _is_gerund(first, after):
            return True
    return False


def _is_verb(word: str, after: str) -> bool:
    if word not in _VERBS_TOO:
        return False
    following = _SPACES.sub(" ", after).lstrip()
    if following.lower().startswith("of ") or after[:1] in "-:":
        return False
    if word not in _NOUNS_TOO:
        return not after.startswith("'")
    return following != "" and _AFTER_NOUNS.match(following) is None


def _is_gerund(word: str, after: str) -> bool:
    if not word.endswith("ing") or _PLAINLY_NOUNS.match(word):
        return False
    return _base_of(word) and not after.lstrip().lower().startswith("of ")


@cache
def _base_of(gerund: str) -> bool:
    stem = gerund.removesuffix("ing")
    doubled = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem  # noqa: PLR2004  two letters to compare
    return any(base in _VERBS_TOO for base in (stem, f"{stem}e", doubled))
