"""The general words by which lists of commitments are asked for; none is of any document."""

from __future__ import annotations

import re
from typing import Literal

Verb = Literal["promise", "lead", "deliver", "say"]


def _any(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


# Nouns that name what the register holds, and nouns that name it and much else.
_NOUNS = (
    r"commitments?|promises?|pledges?|deliverables?|milestones?|undertakings?|"
    r"(?:action|work[ -]?plan)\s(?:points?|items?)"
)
_WEAK_NOUNS = (
    r"(?:key\s)?(?:objectives?|goals?|targets?|actions?|activity|activities|tasks?|initiatives?|"
    r"measures?|projects?|priority|priorities|plans?|deadlines?|items?|things?|work)"
)
NOUN = _any(_NOUNS)
WEAK_NOUN = _any(_WEAK_NOUNS)
_PROMISE = (
    r"promis(?:e|es|ed|ing)|pledg(?:e|es|ed|ing)|commit(?:s|ted|ting)?"
    r"(?:\s(?:itself|themselves|ourselves))?(?:\sto(?:\sdo(?:ing)?)?)?|"
    r"undert(?:akes|ook|aken)\sto"
)
_LEAD = (
    r"leads?|led|leading|responsible(?:\s(?:for|of))?|responsibility|in\scharge(?:\sof)?|"
    r"accountable(?:\sfor)?|owns?|owned|assigned(?:\sto)?|allocated(?:\sto)?"
)
_DELIVER = (
    r"deliver(?:s|ed|ing)?|complet(?:e|es|ed)|finish(?:es|ed)?|implement(?:s|ed)?|"
    r"achiev(?:e|es|ed)|accomplish(?:es|ed)?|do|done|launch(?:es|ed)?|produc(?:e|es|ed)"
)
_SAY = r"says?|said|state[sd]?|plans?|planned|want(?:s|ed)?|propos(?:e|es|ed)"
VERBS: tuple[tuple[Verb, re.Pattern[str]], ...] = (
    ("promise", _any(_PROMISE)),
    ("lead", _any(_LEAD)),
    ("deliver", _any(_DELIVER)),
    ("say", _any(_SAY)),
)
DUE = _any(
    r"(?:(?:falls?|fell|falling|comes?|came|coming)\s)?due|deadlines?|scheduled|expected|planned|foreseen|"
    r"time[ -]?frames?"
)
COMPARED = _any(
    r"each|both|compare[sd]?|comparing|comparison|versus|vs\.?|respectively|differ(?:s|ences?)?|"
    r"side\sby\sside"
)
REVIEW = _any(
    r"(?:needs?|awaits?|awaiting|marked\sfor|left\sfor|waiting\sfor|for)\s(?:a\s)?(?:human\s)?review|"
    r"to\sbe\s(?:reviewed|checked)|uncertain|in\sdoubt"
)
DATED = _any(
    r"(?:have|has|with|carry|carrying)\s(?:an?\s|any\s)?(?:due\s)?(?:dates?|deadlines?|time\s?frames?)|dated"
)
HOW_MANY = _any(r"how\smany|(?:the\s)?(?:total\s)?numbers?\sof|counts?(?:\sof)?")
ASKS_FOR_SEVERAL = re.compile(
    r"^\W*(?:and\s)?(?:everything\b|anything\b|(?:please\s)?(?:list|show|give|name|tell|enumerate|find|display|count|compare|"
    r"summari[sz]e)\b|(?:of|for|by|in|from|on|under|to)\s(?:what|which)\b|what|which|whose|all|"
    r"every|any|(?:are|is)\sthere|(?:is|are)\sany|(?:the\s)?(?:total\s)?numbers?\sof|how\smany)\b",
    re.IGNORECASE,
)
# a question of another form that asks for several all the same: "Who leads the commitments …?"
ANYTHING = _any(r"anything|any|everything|all")
DEFINES = _any(r"means?|meaning|definition|defined?")
OF_THE_ASKER = _any(r"I|my|mine|myself|I['’](?:m|ve|d|ll)")
FOR_THE_ASKER = re.compile(
    r"\b(?:show|give|tell|send|for|find|get)\s(?:me|us)\b|"
    r"\b(?:(?:can|could|would|may|should)\s(?:you|I|we)|I(?:\s(?:would|['’]d)\slike|\s?want|\s?need|"
    r"['’]d\slike)\sto)\s(?:please\s)?(?:know|see|have|get|(?=list|show|give|tell|find))",
    re.IGNORECASE,
)
WHO_AND_WHEN = re.compile(
    r"[,;]?\s*(?:and|with|,)\s(?:also\s)?(?:by\s|until\s)?"
    r"(?:who(?:m)?(?:\s(?:leads?|led|owns?|is\s(?:the\slead|responsible|in\scharge)|are\sresponsible)"
    r"(?:\s(?:for|of))?)?(?:\s(?:it|them|each(?:\sof\s(?:them|these))?|those|these))?|"
    r"when(?:\s(?:is|are)\s(?:it|they)\sdue)?|(?:by\s)?what\sdate|"
    r"(?:what\s(?:is|are)\s)?(?:its|their|the)\s(?:leads?(?:\steams?)?|due\sdates?|dates?|deadlines?|"
    r"status(?:es)?|teams?|time\s?frames?)(?:\s(?:is|are))?)(?=[\s,;.?!]*$|\s(?:and|by)\b)",
    re.IGNORECASE,
)
# what says the same in other words, as it is read
SAME = (
    (_any(r"(?:running\s)?late(?!\s(?:in\s|19|20))|behind"), "overdue"),
    (re.compile(r"\b(what|who|which|that|it|there)['’]s\b", re.IGNORECASE), r"\1 is"),
)
# to whom something is promised, as everybody is called
RECIPIENTS = re.compile(
    r"\b(?:promis(?:e|es|ed)|pledged?|committed|commitments?|promises)\s(?P<whom>(?:to\s)?(?:(?:the|all|its|"
    r"their|our|my)\s)*(?:staff(?:\smembers)?|employees?|members|colleagues|workers|personnel|people|everyone|"
    r"us))\b",
    re.IGNORECASE,
)
NEGATED = re.compile(
    r"(?:\b(?:no|not|without|except(?:\sfor)?|excluding|other\sthan|never|nobody)|n['’]t)\b"
    r"(?:\s[\w&’'-]+){0,2}",
    re.IGNORECASE,
)
# what is left of a question and says nothing of what is wanted
IDLE = frozenset(
    "and or the a an of all any every each there list lists listed show give name tell please full "
    "complete whole entire overview register table total number count many which what whose that "
    "currently still yet already now today far exactly everything anything something made make "
    "makes making given gave give contain contains contained containing include includes included "
    "including stand stands standing fall falls fell come comes appear appears exist exists hold "
    "holds held carry carries carrying state status compare compared between both one ones those "
    "these them it its they their our we us organisation organization supposed expected planned "
    "scheduled meant set out carried marked due date dates dated deadline deadlines timeframe "
    "most more than another other different separately together respectively team teams lead leads "
    "unit units summarise summarize summary new must may might shall need needs needed".split()
)
TEAM_WORDS = (
    r"teams?|units?|divisions?|departments?|sections?|branch(?:es)?|offices?|services?|groups?|"
    r"people|colleagues|directorates?"
)
