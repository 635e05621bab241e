"""Where the verb of an English clause stands, by form: enough to turn a statement round."""

from __future__ import annotations

from functools import cache

from corpus.commitments.actions import ACTIONS

MODALS = frozenset("may must shall will can should could would might".split())
BE = frozenset("is are was were".split())
HAVE = frozenset("has have had".split())
RELATIVE = frozenset(
    "who that which whose whom where when if because unless while whether until once".split()
)
# of rules, beside what plans promise
_OF_RULES = frozenset(
    """
    accrue acknowledge acquire add admit agree allow amount answer apply arise become begin
    belong benefit bind come comprise concern confirm consist contain cost count deduct
    depend deserve differ disagree elapse enjoy entitle equal examine exceed expect expire
    expose fall feel forfeit form get go grow happen have hear incur inform intend know last
    live lose mean name need normally occur own pay permit postpone prevail proceed protect
    qualify range rank reach receive relate remain repay report require reserve reside rest
    run see seem send span speak start stay stop take total want wish
    """.split()
)
# before a noun: what follows is none of the verbs that it is spelled like
_BEFORE_NOUNS = frozenset(
    "a an the this that these those each every any no its their his her your our my of for with "
    "in on at by to from and or as per other such more full new all both two three".split()
)
# after a noun: what stands before is none of the verbs that it is spelled like
_AFTER_NOUNS = MODALS | BE | HAVE | frozenset(("of", "who", "which", "and", "or"))
_PLURAL_SUBJECTS = frozenset("we you they staff people i each".split())


def auxiliary_at(words: list[str], place: int) -> bool:
    """Tell whether a word turns round by itself: "may", "is", "has" before a participle."""
    word = words[place].casefold()
    if word in MODALS or word in BE:
        return True
    following = words[place + 1].casefold() if place + 1 < len(words) else ""
    if word in {"do", "does", "did"} and following == "not":
        return True
    return word in HAVE and (following == "been" or is_participle(following))


def singular_verb(words: list[str], place: int) -> str:
    """Return the base form of a verb such as "decides"; empty where the word is none."""
    base = base_of(words[place].casefold())
    if not base or place == 0 or words[place - 1].casefold() in _BEFORE_NOUNS:
        return ""
    following = words[place + 1].casefold() if place + 1 < len(words) else ""
    return "" if following in _AFTER_NOUNS else base


def plural_verb(words: list[str], place: int) -> str:
    """Return a verb such as "decide" after what is several; empty where the word is none."""
    word = words[place].casefold()
    if place == 0 or word not in _verbs() or word.endswith("ing"):
        return ""
    before = words[place - 1].casefold()
    several = before in _PLURAL_SUBJECTS or (
        before.endswith("s") and not before.endswith(("ss", "us", "is")) and before not in HAVE
    )
    following = words[place + 1].casefold() if place + 1 < len(words) else ""
    return word if several and following not in _AFTER_NOUNS else ""


def agree(subject: str, auxiliary: str) -> bool:
    """Tell whether a subject and its verb are both one or both several, as far as form tells.

    In a sentence they always are: where they are not, another word was taken for the verb.
    """
    if auxiliary in MODALS or auxiliary in {"did", "had"}:
        return True
    words = subject.casefold().split()
    head = next(
        (words[place - 1] for place, word in enumerate(words) if place and word in _PREPOSITIONS),
        words[-1],
    )
    several = (
        head in _PLURAL_SUBJECTS
        or head in _PLURALS
        or (head.endswith("s") and not head.endswith(("ss", "us", "is")))
    )
    if auxiliary in {"do", "does"} and any(word.endswith("ed") for word in words[1:]):
        return False  # "the office also awarded contracts": the verb is in the past
    joined = " and " in subject or words[0] in {"all", "many", "some", "most"}
    return joined or several == (auxiliary in {"are", "were", "do", "have"})


def base_of(word: str) -> str:
    """Return the base form of a verb in the third person, empty if it is none that is known."""
    if word in HAVE:
        return "have"
    for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
        base = word.removesuffix(ending) + instead
        if word.endswith(ending) and base in _verbs():
            return base
    return ""


def third_person(base: str) -> str:
    """Return the third person of a verb: "decides", "applies", "has"."""
    if base == "have":
        return "has"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return f"{base[:-1]}ies"
    return f"{base}es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{base}s"


def is_participle(word: str) -> bool:
    """Tell whether a word is formed as a participle: "granted", "taken", "paid"."""
    formed = word.endswith(("ed", "en")) and not word.endswith("teen")
    return word in _PARTICIPLES or (formed and word not in _NO_PARTICIPLES)


def is_verb(word: str) -> bool:
    """Tell whether a word is a verb in its base form, be it a noun as well."""
    return word.casefold() in _verbs()


@cache
def _verbs() -> frozenset[str]:
    return ACTIONS | _OF_RULES


_PREPOSITIONS = frozenset(
    "of for in on at to with from under by within during without between among into after before "
    "who which that whose whom where as than".split()
)
_PLURALS = frozenset("children men women personnel data media criteria".split())
_NO_PARTICIPLES = frozenset(
    "seven ten eleven hundred between often even open when then need men women children garden "
    "kitchen speed exceed proceed feed indeed".split()
)
_PARTICIPLES = frozenset(
    "paid made held kept set sent put cut lost left met read told brought bought built found "
    "understood won begun done gone borne drawn known shown withdrawn sought".split()
)
