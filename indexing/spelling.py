"""One spelling for words that are written in several: British, American, old and new.

Documents and questions are both folded, so it does not matter which spelling is taken; what
matters is that two different words never become one. A rule holds only where any word may have
that ending (-ize); elsewhere the words with two spellings are listed. Not listed are those whose
other spelling is a word of its own: cheque, tyre, storey, kerb, draught. What the stemmer joins
already (travelled, enrolment, instalment) is not here either.
"""

from __future__ import annotations

import re
from functools import lru_cache

# -ize becomes -ise and not the other way round: the stemmer cuts "organization" to "organiz" but
# "organize" to "organ", one with "organic"; "organise" it leaves whole.
_IZE = re.compile(
    r"(?<=[a-z]{2}i)z(?=(?:e|ed|er|ers|es|ing|ation|ations|ational|able)$)"
    r"|(?<=[a-z]y)z(?=(?:e|ed|er|ers|es|ing)$)"
)
_OUR = re.compile(
    r"^(?:mis|dis|un|re|en|co|be)?(?:arb|ard|arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|"
    r"glam|harb|hon|hum|lab|misdemean|neighb|od|parl|ranc|rig|rum|sav|splend|succ|tum|val|vap|vig)"
    r"o(u)(?=r)"
)
_RE = re.compile(
    r"^((?:amphi|epi|kilo|centi|milli|deci|micro|nano)?"
    r"(?:calib|cent|fib|lit|lust|meag|met|mit|sab|scept|somb|spect|theat))re(?=[sd]?$)"
)
_LL = re.compile(r"^(counse|dia|fue|initia|jewe|marve|pane|cruci?)ll(?=(?:ed|ing|or|ors|er|ers)$)")
_STEMS = tuple(  # at the beginning of a word, whatever follows
    pair.split("/")
    for pair in (
        "acknowledgem/acknowledgm judgem/judgm abridgem/abridgm lodgem/lodgm ageing/aging "
        "aluminium/aluminum anaem/anem anaesth/anesth archaeo/archeo artefact/artifact "
        "caesarean/cesarean diarrhoea/diarrhea encyclopaed/encycloped foet/fet gynaecol/gynecol "
        "haemat/hemat haemo/hemo homoeo/homeo leukaem/leukem manoeuvr/maneuver mould/mold "
        "moustache/mustache oedema/edema oestrog/estrog orthopaed/orthoped paed/ped plough/plow "
        "pyjama/pajama sceptic/skeptic aeroplan/airplan enquir/inquir"
    ).split()
)
_WORDS = {
    other: taken
    for pair in (
        "programme/program licence/license practise/practice practised/practiced "
        "practising/practicing defence/defense offence/offense pretence/pretense "
        "adviser/advisor catalogue/catalog dialogue/dialog analogue/analog monologue/monolog "
        "grey/gray cosy/cozy gaol/jail jewellery/jewelry sizeable/sizable likeable/likable "
        "saleable/salable learnt/learned spelt/spelled burnt/burned spoilt/spoiled "
        "percentum/percent focussed/focused focussing/focusing biassed/biased mileage/milage "
        "programmed/programed programming/programing"
    ).split()
    for one, two in [pair.split("/")]
    for other, taken in ((one, two), (f"{one}s", f"{two}s"))
}
_PER_CENT = re.compile(r"\bper cent(um)?\b")


@lru_cache(100_000)  # the words of a text come again and again
def one_spelling(word: str) -> str:
    """Return a word, in lower case and without accents, in the one spelling of its variants."""
    if word in _WORDS:
        return _WORDS[word]
    for written, taken in _STEMS:
        if word.startswith(written):
            return taken + word.removeprefix(written)
    word = _IZE.sub("s", word)
    matter = _OUR.match(word)
    if matter:
        word = word[: matter.start(1)] + word[matter.end(1) :]
    return _LL.sub(r"\1l", _RE.sub(r"\1er", word))


def joined(text: str) -> str:
    """Return a text in lower case with what some write as two words written as one."""
    return _PER_CENT.sub("percent", text)
