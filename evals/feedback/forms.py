"""What leads to a person by its form alone: addresses, numbers, and names that are introduced."""

from __future__ import annotations

import re
from collections.abc import Callable

from evals.feedback.world import currency_codes
from indexing.stop_words import STOP_WORDS

NAME, MAIL, PHONE, LINK, NUMBER = "[name]", "[e-mail]", "[phone]", "[link]", "[number]"
MARKS = (NAME, MAIL, PHONE, LINK, NUMBER)

_WORD = r"[^\W\d_]+(?:['’‐‑-][^\W\d_]+)*"
_CAPITAL = r"(?-i:[A-ZÀ-ÖØ-ÞĀĆČĐĞĪŁŃŌŚŞŠŪŹŻŽ])(?:[^\W\d_]|['’‐‑-](?=[^\W\d_]))*"
_WRITTEN_SO = (
    r"(?!I['’])(?-i:[A-ZÀ-ÖØ-ÞĀĆČĐĞĪŁŃŌŚŞŠŪŹŻŽ])"
    r"(?:\.|(?-i:[^\W\d_A-Z]|['’‐‑-][A-Z]?(?=[^\W\d_A-Z]))+)"
)
# "der" and "den" follow "van" and "von" alone: "Frau … den Urlaub"
_PARTICLE = r"(?:de|del|della|di|da|dos|du|(?:van|von)(?:\s+de[rn])?|bin|bint|ibn|al|el|la|le|st)"
_FURTHER = rf"(?:\s+(?:{_PARTICLE}\s+)*{_CAPITAL}){{0,3}}"
_NAMES = rf"(?:{_PARTICLE}\s+)*{_CAPITAL}\.?{_FURTHER}"
# no abbreviation and no "I": "my manager HR", "says my manager I may"
_NAMES_ALONE = rf"{_WRITTEN_SO}{_FURTHER}"

_SLACK_LINK = re.compile(r"<(?:https?|mailto|tel|slack)[^<>]*>", re.IGNORECASE)
_SLACK_PERSON = re.compile(r"<[@#!][^<>\s]*(?:\|[^<>]*)?>|(?<![\w.])@[\w.-]+")
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(
    r"\b(?:https?://|www\.)[^\s<>]+|\b(?:[\w-]+\.)+(?:com|org|net|int|io|gov|edu)(?:/\S*)?\b",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w.,-])(?:\+|00)?\(?\d[\d\s()./‐‑-]{6,}\d(?![\w-]|[.,]\d)")
_LONGEST_DAY = 8  # digits of a day or of two years
_DAYS = re.compile(
    r"\d{4}\s*[-–/]\s*\d{4}|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./ ]\d{1,2}[-./ ]\d{2,4}"
    r"(?:\s*[-–]\s*\d{1,2}[-./ ]\d{1,2}[-./ ]\d{2,4})?|\d{1,3}(?:[ ’']\d{3})+"
)
_LEAST_OF_A_PHONE = 8  # digits
_OF_A_PERSON = re.compile(
    r"(\b(?:personnel|employee|staff|payroll|badge|passport|matricule|index|case|file)\s*"
    r"(?:number|no\.?|nr\.?|id|n[°º]|#)\s*(?:is|:)?\s*)[A-Z]{0,4}[-/]?\d[\w/-]*",
    re.IGNORECASE,
)
_EXTENSION = re.compile(
    r"(\b(?:ext|extn|extensi[oó]n|durchwahl|nebenstelle|poste|interno|anexo)\b\.?\s*"
    r"(?:number|no\.?|nr\.?|n[°º]|#)?\s*(?:is|:)?\s*)(?:\d{2}[ -]\d{2}|\d{3,6})(?![\w/-]|[.,]\d)",
    re.IGNORECASE,
)
_LONG_RUN = re.compile(r"(?<![\w.,/])[A-Za-z]{0,4}[-/]?\d{5,}\w*(?![\w/]|[.,]\d)")
_MONEY_BEFORE = re.compile(r"([$€£¥])\s?$|\b([A-Z]{3})\s?$")
_MONEY_AFTER = re.compile(
    r"\s?(?:[$€£¥%]|([A-Z]{3})\b|(?:euros?|dollars?|francs?|pounds?|dirhams?|pesos?)\b)"
)

_TITLE = re.compile(
    rf"\b((?:Mrs?|Ms|Mx|Dr|Prof|Mme|Mlle|Sra?|Srta|Mgr|H\.E)\.?\s+){_NAMES}"
    rf"|\b((?-i:M)\.\s+){_NAMES}"
    rf"|\b((?-i:Miss|Madame|Monsieur|Mademoiselle|Señora?|Señorita|Doña?|Herr|Frau|Sir|Dame|"
    rf"Professor|Doctor|Docteur)\s+){_NAMES}"
    # in small letters as well, where the title says surely that a name follows
    rf"|\b((?:mrs?|ms|mme|mlle)\.?\s+){_WORD}",
    re.IGNORECASE,
)
_CLOSE = (
    r"(?:colleagues?|co-?workers?|(?:line\s+)?managers?|boss|supervisors?|supervisees?|"
    r"teammates?|assistants?|interns?|friends?|neighbou?rs?|wife|husband|spouse|partner|sons?|"
    r"daughters?|brothers?|sisters?|mother|father|child|baby|collègues?|chef|cheffe|épouse|époux|"
    r"mari|femme|fils|fille|colegas?|compañer[oa]s?|jef[ea]|espos[oa]|hij[oa]s?|kolleg(?:e|in))"
)
_INTRODUCED = re.compile(
    r"\b((?:my|our|his|her|their|your|mon|ma|mes|notre|son|sa|mi|mis|su|nuestr[oa]|meine?)\s+"
    rf"(?:\w+\s+)?{_CLOSE},?\s+){_NAMES_ALONE}",
    re.IGNORECASE,
)
_CALLED = re.compile(
    rf"\b((?:my name is|(?:{_CLOSE}|person|man|woman|employee|member|someone|somebody)\s+"
    r"(?:is\s+)?(?:called|named)|je m['’]appelle|me llamo|mi nombre es|ich hei(?:ß|ss)e)\s+)"
    rf"(?:{_NAMES}|{_WORD})",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"(\b(?:regards|thanks|thank you|cheers|sincerely|yours|cordialement|merci|saludos|gracias|"
    rf"grüße)\s*[,!.–-]*\s+){_NAMES_ALONE}(?=\s*[.!]?\s*$)",
    re.IGNORECASE,
)


def without_forms(text: str) -> str:
    """Put a mark in the place of what leads to a person by its form."""
    text = _SLACK_LINK.sub(_of_slack, text)
    text = _SLACK_PERSON.sub(NAME, text)
    text = _ADDRESS.sub(MAIL, text)
    text = _URL.sub(LINK, text)
    text = _OF_A_PERSON.sub(_kept_before(NUMBER), text)
    text = _PHONE.sub(_phone, text)
    text = _EXTENSION.sub(_kept_before(PHONE), text)
    text = _LONG_RUN.sub(_long_run, text)
    text = _CALLED.sub(_called, text)
    for introduced in (_TITLE, _INTRODUCED, _SIGNED):
        text = introduced.sub(_kept_before(NAME), text)
    return text


def _of_slack(link: re.Match[str]) -> str:
    return MAIL if "mailto:" in link[0] else PHONE if "tel:" in link[0] else LINK


def _called(match: re.Match[str]) -> str:
    """Keep "my name is on the list"."""
    told = match[0].removeprefix(match[1])
    return match[0] if told.lower() in STOP_WORDS["en"] else f"{match[1]}{NAME}"


def _kept_before(mark: str) -> Callable[[re.Match[str]], str]:
    """Keep what introduces, which is the group that matched."""
    return lambda match: f"{next(filter(None, match.groups()), '')}{mark}"


def _phone(number: re.Match[str]) -> str:
    """Days, spans of years and large figures are written with as many digits."""
    digits = sum(map(str.isdigit, number[0]))
    if digits < _LEAST_OF_A_PHONE or _DAYS.fullmatch(number[0].strip()):
        return number[0]
    return NUMBER if number[0].isdigit() else PHONE


def _long_run(run: re.Match[str]) -> str:
    """Keep an amount of money."""
    before = _MONEY_BEFORE.search(run.string[: run.start()])
    after = _MONEY_AFTER.match(run.string[run.end() :])
    for found in (before, after):
        code = found and found[found.lastindex or 0].strip()
        if code and (not code.isupper() or code in currency_codes() or not code.isalpha()):
            return run[0]
    return NUMBER
