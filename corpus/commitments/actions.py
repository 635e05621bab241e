"""Whether words begin with what will be done: "Develop …", "To frame …", "Actively take part …"."""

from __future__ import annotations

import re
from functools import cache

# base forms that plans and programmes begin with
_VERBS = frozenset(
    """
    abandon abolish accelerate accept accommodate accompany accredit achieve acquire act
    activate adapt add address adjust administer administrate adopt advance advise advocate
    affirm agree aid aim alert align alleviate allocate alter amend amplify analyse analyze
    announce answer anticipate appeal apply appoint approve archive argue arrange articulate ask
    aspire assess assign assist assure attend attract audit authorise authorize automate avoid
    award back balance base begin benchmark boost brief bring broaden build buy calculate
    calibrate call campaign capitalise capitalize capture carry cascade catalogue categorise
    categorize celebrate centralise centralize centre certify challenge champion change channel
    charge check choose circulate claim clarify classify clean close coach code collaborate
    collate collect combat come commission commit communicate compare compensate compete compile
    complement complete comply compose concentrate conclude conduct configure confirm connect
    conserve consider consolidate construct consult contact contest continue contract contribute
    control convene convert convince cooperate coordinate copy correct counter couple cover
    create credit criticise cultivate curb customise customize cut debate decentralise
    decentralize decide declare decommission decrease dedicate deepen defend define delegate
    deliver demand demonstrate denounce deploy describe design designate detect determine
    develop devise devote diagnose differentiate digitalise digitalize digitise digitize direct
    disaggregate disclose discontinue discuss dismantle display dispose disseminate distribute
    diversify document donate double download draft draw earn ease edit educate elaborate elect
    elevate elicit eliminate embed embrace emphasise emphasize employ empower enable enact
    encompass encourage end endorse energise energize enforce engage enhance enlarge enrich
    enrol enroll ensure entrust envisage equalise equalize equip eradicate escalate establish
    evaluate evolve examine exchange exclude execute exempt exercise expand expedite explain
    explore expose express extend facilitate familiarise familiarize feature feed fight file
    fill finalise finalize finance find fix follow forge formalise formalize formulate forward
    foster frame free freeze fulfil fulfill fund furnish further gather generate give grant grow
    guarantee guide halt handle harmonise harmonize head hear help highlight hire hold hone
    honour host humanise identify illustrate implement impose improve incentivise incentivize
    include incorporate increase influence inform initiate innovate insist inspect inspire
    install instil institute institutionalise institutionalize instruct insulate insure
    integrate intensify interact interpret intervene interview introduce inventory invest
    investigate invite involve issue join justify keep launch lay lead learn leave lend level
    leverage liaise license lift limit line link list listen load lobby localise localize locate
    look lower mainstream maintain make manage mandate map mark market master match maximise
    maximize measure mediate meet mentor merge migrate minimise minimize mitigate mobilise
    mobilize model modernise modernize modify monitor motivate move multiply name narrow
    negotiate network nominate normalise normalize note notify number nurture observe obtain
    offer offset open operate operationalise operationalize optimise optimize organise organize
    orient outline outsource overcome overhaul oversee own pair participate partner pass pay
    perform persuade phase pilot plan pool position post practise prepare present preserve press
    pressure prevent price print prioritise prioritize procure produce professionalise
    professionalize promote propose protect provide publicise publicize publish pull punish
    pursue push put qualify quantify query question quote raise rally ramp rank rate ratify
    rationalise rationalize reach read realign realise realize reallocate reassess reassure
    rebalance rebuild reclassify recognise recognize recommend reconcile reconsider record
    recover recruit redefine redeploy redesign redirect redistribute redress reduce reengineer
    refer refine reflect refocus reform refresh refurbish refuse register regularise regularize
    regulate reimburse reinforce reject relate relaunch release relieve relocate rely remedy
    remind remove rename render renegotiate renew rent reopen reorganise reorganize repair
    repatriate repeal replace replicate report reposition represent repurpose request require
    reschedule research reserve reshape resist reskill resolve respect respond rest restore
    restrict restructure result resume retain rethink retire retrain retrieve return reunite
    reuse revamp reveal reverse reversion revise revisit revive reward rewrite roll rollout root
    rotate route run safeguard salute sample sanction save scale screen scrutinise scrutinize
    search seat secure seek segment select sell send sensitise sensitize separate serve set
    settle shadow shape share shield shift shorten show sign signal simplify simulate situate
    slow smooth socialise socialize solicit solve sort source space speak specialise specify
    speed spend split sponsor spot spread stabilise stabilize staff stage stamp stand
    standardise standardize start state steer step stimulate stock stop store strategise
    strategize streamline strengthen stress strike strive structure study submit subsidise
    subsidize succeed sue suggest summarise summarize supervise supply support surface survey
    suspend sustain switch synchronise synchronize systematise systematize tackle tailor take
    talk tap target teach tender terminate test think tighten time trace track trade train
    transfer transform translate transmit transpose travel treat trial trigger trim trust turn
    uncover undergo understand undertake undo unify unite unlock update upgrade uphold upskill
    urge use utilise utilize validate value vary venture verify view visit visualise visualize
    voice vote waive walk want warn weigh welcome widen win wind withdraw withhold witness work
    write
    """.split()
)
# verbs that are as often nouns: what follows must show which they are
_NOUNS_TOO = frozenset(
    """
    act address advance advocate aid aim alert answer appeal archive attract audit award back
    balance base benchmark boost brief buy call campaign catalogue centre challenge champion
    change channel charge check claim coach code complement contact contest contract control
    copy correct counter couple cover credit cut debate demand design direct display document
    double draft ease elaborate elect end equal exchange exercise express feature feed fight
    file fill finance fix focus forward frame free freeze fund grant guide halt handle head help
    highlight honour host increase influence initiate interview inventory issue issues join
    launch lay lead level license lift limit line link list load lobby look lower
    mainstream mandate map mark market master match measure mentor model moderate monitor move
    name narrow network note notice number offer outline overhaul own pair partner pass pay
    pilot plan pool position post practise present press pressure price print process project
    pull push query question quote raise rally ramp rank rate reach read record reform register
    release remedy rent repair report request research reserve respect rest result return
    reverse review reward root route run safeguard salute sample sanction save scale screen
    search seat segment select separate set shadow shape share shield shift show sign signal
    slow smooth sort source space split sponsor spot staff stage stamp stand start state step
    stock stop store stress strike structure study supply support surface survey switch talk tap
    target tender test time trace track trade train transfer transform travel treat trial
    trigger trim trust turn update upgrade use value venture view visit voice vote walk want
    wind witness work
    """.split()
)
ACTIONS = _VERBS | _NOUNS_TOO
# what may follow "to" and is no verb, and what is no deed after "will"
_NO_DEEDS = frozenset(
    "a all an any be both date each every have her his its many most no not one our some staff "
    "that the their these this those us which whom your".split()
)
_PASSIVE = re.compile(r"be\s+(?:\w+ly\s+)?\w+(?:ed|en|t)\b", re.IGNORECASE)
# after which a word that may be either was a noun
_AFTER_NOUNS = re.compile(
    r"(?:of|for|from|is|are|was|were|has|have|had|will|shall|must|may|can|should|would|which|"
    r"who)\b|[:,;.)–—]|$",
    re.IGNORECASE,
)
# after which a noun was the subject: "Staff feel valued", "Results show …"
_STATES = re.compile(
    r"(?:feel|know|have|need|want|see|deserve|understand|receive|remain|become|benefit|enjoy|think|"
    r"believe|trust|can|should|could|may|must|also)\b",
    re.IGNORECASE,
)
# that go with "for" as verbs: "Push for better pay"
_WITH_FOR = frozenset("advocate campaign fight lobby press push".split())
# "Mobility. Launch …", "Action 1.1: Conduct …", "Career paths – we will …": a title before the deed
_TITLE = re.compile(r"(?P<title>(?:\d+(?:\.\d+)+|[^.:;!?–—\n]){2,60}?)(?:[.:]|\s[–—-])\s+(?=\S)")
_NO_TITLE = re.compile(
    r"(?:for )?(?:examples?|notes?|noted|closed|done|background|progress|status|context|source)\b",
    re.IGNORECASE,
)
_TITLE_WORDS = 8
# "HR to publish the list", as minutes write it: an abbreviation, a unit or a post
_WHO_TO = re.compile(
    r"(?:[Tt]he\s+)?(?P<who>[A-Z][A-Z&/-]+|(?:[A-Z][\w&/’'-]*\s+(?:(?:and|of|for|&)\s+)?){0,5}"
    r"(?:Management|Administration|Facilities|Finance|Legal|Communications|Procurement|Security|"
    r"Payroll|Resources|Affairs|Chair(?:person|man|woman)?|Secretary|Secretariat|President|"
    r"Treasurer|Director|Officer|Manager|Managers|Council|Union|Committee|Board|Unit|Office|Team|"
    r"Department|Division|Section|Services?|Branch|Association|Group))\s+to\s+(?=[a-z])"
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
        r"(?:(?:de\s|d[’']|à|se|s[’'])\s*)?[^\W\d_]{2,}(?:er|ir|oire?|re)\s", re.IGNORECASE
    ),
    "es": re.compile(r"(?:a\s+)?[^\W\d_]{2,}(?:ar|er|ir)(?:se)?\s", re.IGNORECASE),
    "pt": re.compile(r"(?:a\s+)?[^\W\d_]{2,}(?:ar|er|ir)(?:-se)?\s", re.IGNORECASE),
}
# "Nous publierons …", "La direction proposera …", "Defenderemos …"
_FUTURES = {
    "fr": re.compile(
        r"nous\s+[^\W\d_]{2,}rons\s|(?:l[’']|(?:le|la|les)\s)(?:[\w’'-]+\s){1,4}?"
        r"(?:ne\s|s[’'])?[^\W\d_]{3,}(?:[ei]r|[dt]r)(?:a|ont)\s",
        re.IGNORECASE,
    ),
    "es": re.compile(r"[^\W\d_]{2,}(?:aremos|eremos|iremos|dremos)\s", re.IGNORECASE),
    "pt": re.compile(r"[^\W\d_]{2,}(?:aremos|eremos|iremos)\s", re.IGNORECASE),
}


def begins_with_action(text: str, language: str = "en") -> bool:
    """Tell whether a text begins with what will be done.

    That is a verb in its base form or its gerund, also after "to", an adverb or a phrase that
    leads in to it; or somebody who "will" do it; or a noun of doing with "of". In French, Spanish
    and Portuguese it is an infinitive, or a future of "we" or of somebody.
    """
    text = text.lstrip('-–—•*▪◦ \t\n"“«(')
    if text.isupper():  # a heading, be it one that was not recognised
        return False
    said = (forms.get(language[:2].lower()) for forms in (_INFINITIVES, _FUTURES))
    if any(form.match(text) for form in said if form):
        return True
    return _is_action(text) or _after_what_leads_in(text)


def begins_with_titled_action(text: str, language: str = "en") -> bool:
    """Tell whether an item of a list begins with what will be done, be it after a short title."""
    if begins_with_action(text, language) or who_is_to(text):
        return True
    titled = _TITLE.match(text)
    if titled is None or _NO_TITLE.match(text) or len(titled["title"].split()) > _TITLE_WORDS:
        return False
    rest = text[titled.end() :]
    return _begins_with_verb(rest) or bool(who_is_to(rest) or rest.lower().startswith("we will "))


def who_is_to(text: str) -> tuple[int, int] | None:
    """Return where a text says who is to do something: "HR" in "HR to publish the list"."""
    said = _WHO_TO.match(text)
    if said is None or not _begins_with_verb(text[said.end() :]):
        return None
    return said.span("who")


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
        if opened is None:
            continue
        rest = text[opened.end() :]
        if _begins_with_verb(rest, sure=True) or _PASSIVE.match(rest):
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
        if sure and word.group().islower() and first not in _NO_DEEDS:
            return True
        if _is_verb(first, after) or _is_gerund(first, after):
            return True
    return False


def _is_verb(word: str, after: str) -> bool:
    if word not in ACTIONS:
        return False
    following = _SPACES.sub(" ", after).lstrip()
    if following.lower().startswith("of ") or after[:1] in "-:":
        return False
    if word not in _NOUNS_TOO:
        return not after.startswith("'")
    if word in _WITH_FOR and following.lower().startswith("for "):
        return True
    if word == "staff" and _STATES.match(following):
        return False
    return following != "" and _AFTER_NOUNS.match(following) is None


def _is_gerund(word: str, after: str) -> bool:
    if not word.endswith("ing") or _PLAINLY_NOUNS.match(word):
        return False
    return _base_of(word) and not after.lstrip().lower().startswith("of ")


@cache
def _base_of(gerund: str) -> bool:
    stem = gerund.removesuffix("ing")
    doubled = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem  # noqa: PLR2004  two letters to compare
    return any(base in ACTIONS for base in (stem, f"{stem}e", doubled))
