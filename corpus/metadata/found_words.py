"""The words beside which a document says its version, dates, owner and contact.

English, French, Spanish and German. No word here is of one document; each is a usual label.
"""

from __future__ import annotations

import re

ISSUED = "issued"  # a day that is not the day of effect
_NEUTRAL = "neutral"  # shows a table of document control, and says nothing that is taken

_WORDS: dict[str, str] = {
    "effective_from": r"""
        effective(?:\ (?:date|from|as\ of|since|on))? | (?:policy\ )?effective\ date
        | date\ (?:effective|of\ effect) | effective\ date\ of\ (?:this\ )?(?:policy|document)
        | in\ (?:force|effect)(?:\ (?:from|since|as\ of))? | valid\ (?:from|as\ of)
        | (?:date\ of\ )?(?:entry|coming)\ into\ (?:force|effect) | with\ effect\ from
        | commencement(?:\ date)? | applicable\ (?:from|as\ of|as\ from)
        | (?:date\ d['’])?entrée\ en\ vigueur | date\ d['’](?:effet|application)
        | date\ de\ prise\ d['’]effet | prise\ d['’]effet
        | en\ vigueur(?:\ (?:depuis|dès|à\ (?:compter|partir)))? | valable\ à\ (?:partir|compter)
        | applicable\ à\ (?:partir|compter)
        | (?:fecha\ de\ )?entrada\ en\ vig(?:or|encia) | fecha\ de\ vigencia | fecha\ efectiva
        | vigente\ (?:desde|a\ partir) | en\ vigor(?:\ (?:desde|a\ partir))? | vigencia\ desde
        | válid[oa]\ (?:desde|a\ partir) | aplicable\ (?:desde|a\ partir)
        | (?:datum\ des\ )?inkrafttretens? | gültig\ (?:ab|seit) | in\ kraft(?:\ (?:ab|seit))?
        | gilt\ ab""",
    "effective_to": r"""
        expir(?:y|ation)(?:\ date)? | expires(?:\ on)? | date\ of\ expiry
        | (?:valid|effective|in\ force|in\ effect)\ (?:until|to|through)
        | date\ d['’]expiration | (?:valable|en\ vigueur|valide)\ jusqu['’]au
        | (?:date\ de\ )?fin\ de\ validité
        | fecha\ de\ (?:vencimiento|caducidad|expiración)
        | (?:vigente|válid[oa]|en\ vigor)\ hasta
        | gültig\ bis | ablaufdatum""",
    "version": r"""
        (?:document\ |policy\ )?version(?:\ (?:no\.?|number))?
        | revision(?:\ (?:no\.?|number))? | rev\.? | issue\ (?:no\.?|number) | edition
        | (?:numéro|n[º°o]\.?)\ de\ version | version\ du\ document | révision | édition
        | (?:número\ de\ )?versión | edición | revisión
        | versionsnummer | fassung""",
    "owner": r"""
        (?:(?:policy|document|process|business|content)\ )?owner | owned\ by
        | owning\ (?:department|office|unit|division)
        | responsible\ (?:office|department|unit|division|officer|official|executive|manager)
        | (?:policy|document)\ custodian | office\ of\ primary\ responsibility
        | (?:service|unité|direction|bureau|département)\ responsable
        | responsable(?:\ (?:du\ document|de\ la\ politique|del\ documento|de\ la\ política))?
        | propriétaire(?:\ du\ document)?
        | (?:unidad|área|departamento|dirección|dependencia)\ responsable
        | propietari[oa](?:\ del\ documento)?
        | (?:verantwortliche|zuständige)\ (?:stelle|abteilung) | verantwortlich
        | dokument(?:en)?(?:eigner|verantwortliche[rn]?)""",
    "contact": r"""
        (?:policy\ )?contact(?:\ (?:person|point|e-?mail|address|details))? | e-?mail(?:\ address)?
        | (?:questions|enquiries|inquiries|queries)(?:\ to)?
        | for\ (?:more|further)\ information(?:,?\ (?:please\ )?contact)?
        | personne\ (?:à\ contacter|de\ contact) | courriel | renseignements
        | (?:persona\ de\ )?contacto | correo\ electrónico | consultas | para\ más\ información
        | kontakt | ansprech(?:partner|person)(?:in)?""",
    "organisation": r"""
        organi[sz]ation | company | agency | institution | organisme | entreprise
        | organización | empresa | entidad | institución | unternehmen""",
    ISSUED: r"""
        (?:date\ (?:of\ )?)?(?:issued?|approved|approval|adopted|adoption|published|publication)
        | (?:issue|approval|revision|publication|version)\ date | (?:issued|approved|adopted)\ on
        | (?:last\ )?(?:updated|revised|modified|reviewed)(?:\ on)? | date\ of\ last\ revision
        | date\ d['’](?:approbation|adoption|émission) | date\ de\ (?:publication|révision)
        | dernière\ (?:mise\ à\ jour|révision) | approuvée?\ le | adoptée?\ le
        | fecha\ de\ (?:aprobación|emisión|publicación|revisión)
        | última\ (?:actualización|revisión) | aprobad[oa]\ el
        | (?:letzte\ )?(?:änderung|aktualisierung) | stand""",
    _NEUTRAL: r"""
        (?:approved|authori[sz]ed|reviewed|issued|prepared|written)\ by | author | approver
        | (?:next\ )?review(?:\ date)? | document\ (?:number|no\.?|id|title|type|status|reference)
        | policy\ (?:number|no\.?|title|name) | reference(?:\ number)? | status | classification
        | title | replaces | supersedes | auteur | approuvé\ par | référence | statut | titre
        | autor | aprobado\ por | referencia | estado | título | verfasser | freigegeben\ von""",
}
_EXACT = {
    name: re.compile(f"(?:{words})", re.VERBOSE | re.IGNORECASE) for name, words in _WORDS.items()
}
_DATED = "|".join(_WORDS[name] for name in ("effective_from", "effective_to", ISSUED))
_OTHER = "|".join(
    _WORDS[name] for name in ("version", "owner", "contact", "organisation", _NEUTRAL)
)

# A label with its colon, where a line or a part of it begins or a value has just ended. Labels of
# dates do not follow a word: "promotion effective date:" is of something else.
LABELS = re.compile(
    rf"(?:(?:^|[\n\t|;·•(,]|\s[–—-]\s|(?<=[\d.)])\s)\s*(?P<dated>{_DATED})"
    rf"|(?:^|[\n\t|;·•(,]|\s[–—-]\s|\s(?=\w))\s*(?P<other>{_OTHER}))\s*[:\uff1a]",
    re.VERBOSE | re.IGNORECASE,
)
LINKS = re.compile(
    r"(?:(?:(?:with\s+effect\s+)?from|on|as\ of|as\ from|since|starting|beginning|the|of|dated|is"
    r"|dès\ le|le|du|au|depuis\ le|à\ (?:compter|partir)\ du"
    r"|(?:a\ partir\ |desde\ )?(?:del|el)(?:\ día)?|de"
    r"|am|ab|(?:mit\ wirkung\ )?vom|seit|dem)\s+)+(?=\d|[^\W\d_]+\s+\d)",
    re.IGNORECASE,
)
UNTIL = re.compile(
    r"\s*,?\s*(?:and\s+|et\s+|y\s+)?(?:until|till|to|through|jusqu['’]au|au|hasta\s+el|al|bis(?:\s+zum)?"
    r"|[–—-])\s*",
    re.IGNORECASE,
)
# a sentence after a colon or in quotation marks tells what something else says
QUOTED = re.compile(r"(?:[\"“”„«»‘]|\b(?:said|says|read|reads):)\s*$", re.IGNORECASE)
# what may follow the dates of a whole document: "to absences in May" makes them those of a part
GOES_ON = re.compile(
    r"\s*(?:$|[\n.;,:()\[]|(?:and|et|y|und)\b|(?:to|for|à|pour|a|para|für)\s+(?:all|every|the\s+whole"
    r"|tou(?:te?)?s|l['’]ensemble|tod[oa]s?|alle[nr]?)\b|in\s+kraft|unless|unbefristet)",
    re.IGNORECASE,
)
# no name but where to look for one, or a question
ELSEWHERE = re.compile(r"\?|^(?:see|cf|refer|voir|véase|ver|siehe)\b", re.IGNORECASE)
PLACEHOLDER = re.compile(
    r"[\[<{_]|\b(?:tbd|tbc|n/?a|xx+|to be (?:determined|confirmed))\b|…", re.IGNORECASE
)

_KINDS_EN = (
    r"(?:polic(?:y|ies)|documents?|regulations?|rules|manual|handbook|directive|guidelines?|guide|"
    r"procedures?|instructions?|standards?|code|strategy|charter|circular|bulletin|framework|plan|"
    r"order|notice|agreement)"
)
_KINDS_FR = (
    r"(?:politique|directive|règlement|instruction|document|procédure|charte|manuel|guide|règles?|"
    r"circulaire|stratégie|code|note|convention|accord)s?"
)
_KINDS_ES = (
    r"(?:política|directiva|reglamento|instrucción|documento|procedimiento|carta|manual|guía|"
    r"normas?|normativa|circular|estrategia|código|acuerdo)s?"
)
_KINDS_DE = (
    r"(?:richtlinie|regelung|dokument|ordnung|anweisung|handbuch|leitfaden|vereinbarung|\w+richtlinie|"
    r"\w+ordnung|\w+anweisung|\w+vereinbarung|strategie)"
)
_SENTENCE_EN = (
    r"\b(?:this|these|the\s+present)\s+(?:(?!of\b|to\b|in\b|the\b|under\b|by\b)[\w-]+\s+){0,2}"
    rf"{_KINDS_EN}\s+(?:(?:is|are|shall\s+be|will\s+be|becomes?|shall\s+become|will\s+become)\s+"
    r"(?:effective|in\s+force|in\s+effect|applicable|valid)|(?:shall\s+|will\s+)?(?:enters?\s+"
    r"into\s+(?:force|effect)|comes?\s+into\s+(?:force|effect|operation)|takes?\s+effect|"
    r"appl(?:y|ies)))(?=\s)"
)
_SENTENCE_FR = (
    rf"\b(?:(?:la|le|les)\s+présente?s?|ce|cet|cette|ces)\s+{_KINDS_FR}\s+(?:(?!de\b|du\b)"
    r"[\w-]+\s+){0,2}?(?:entre(?:nt|ra|ront)?\s+en\s+vigueur|pren(?:d|nent|dra|dront)\s+effet|"
    r"(?:est|sont|sera)\s+(?:en\s+vigueur|applicables?)|s['’]appliqu(?:e|ent|era))(?=\s)"
)
_SENTENCE_ES = (
    rf"\b(?:(?:la|el|los|las)\s+presentes?|esta|este|estas|estos)\s+{_KINDS_ES}\s+(?:(?!de\b|del\b)"
    r"[\w-]+\s+){0,2}?(?:entr(?:a|ará|an|arán)\s+en\s+vig(?:or|encia)|surt(?:e|irá)\s+efectos?|"
    r"est(?:á|ará)\s+(?:en\s+vigor|vigente)|(?:es|será)\s+(?:aplicable|efectiv[ao])|"
    r"se\s+aplic(?:a|ará))(?=\s)"
)
_SENTENCE_DE = (
    rf"\b(?:diese[rs]?|(?:die|der|das)\s+vorliegende)\s+{_KINDS_DE}\s+"
    r"(?:tritt(?=.{0,60}?\bin\s+kraft)|gilt)(?=\s)"
)
SENTENCES = tuple(
    re.compile(sentence, re.IGNORECASE)
    for sentence in (_SENTENCE_EN, _SENTENCE_FR, _SENTENCE_ES, _SENTENCE_DE)
)


def label_of_field(label: str) -> str:
    """Return the field that a label is of; empty when it is of none."""
    plain = re.sub(r"\s+", " ", label).strip(" :\uff1a*.").replace("’", "'")
    name = next((name for name, words in _EXACT.items() if words.fullmatch(plain)), "")
    return "" if name == _NEUTRAL else name


def is_known_label(label: str) -> bool:
    """Tell whether a label is one that tables of document control have."""
    plain = re.sub(r"\s+", " ", label).strip(" :\uff1a*.").replace("’", "'")
    return any(words.fullmatch(plain) for words in _EXACT.values())
