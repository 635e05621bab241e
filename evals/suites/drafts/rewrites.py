"""The same question in another form: "May I …" is "Am I allowed to …".

Only rewrites that keep the meaning whatever the words between are: they go by the form of a
question alone, and where a form is not known nothing is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.suites.drafts.wording import upper_first

# whom a question is asked about, in the words of any organisation
_WHO = (
    r"(?:(?:a|an|the|all|any|each|every)\s)?(?:(?:new|former|full-time|part-time|temporary|"
    r"permanent)\s)?(?:staff members?|staff|employees?|workers?|members? of staff|managers?|"
    r"supervisors?|team leaders?|consultants?|interns?|contractors?|candidates?|applicants?|"
    r"parents?|mothers?|fathers?|family members?|spouses?)"
)
_SUBJECT = rf"(?P<who>i|we|you|they|he|she|someone|somebody|{_WHO})"
_BE = {"i": "am", "we": "are", "you": "are", "they": "are"}
_OBJECT = {"i": "me", "we": "us", "they": "them", "he": "him", "she": "her"}
# as in "How many days … may I take?", "How many holidays are observed?"
_MANY_I_MAY = (
    rf"How many (?P<what>[^,?]+?)\s+(?P<aux>may|can|must|should|will) {_SUBJECT}\s+"
    r"(?P<rest>(?!not\b)[^,]+)\?"
)
_MANY_MAY_BE = r"How many (?P<what>[^,?]+?)\s+(?P<rest>(?:may|can|must|should|will) be\s+[^,]+)\?"
_MANY_ARE = (
    r"How many (?P<what>(?:(?!\b(?:are|is|do|does)\b)[^,?])+?)\s+are\s+"
    r"(?P<rest>(?!there\b)\w+(?:ed|en)\b[^,]*)\?"
)
_WHAT_IS = (
    r"What (?P<aux>is|are) (?P<rest>the (?:maximum|minimum|deadline|length|duration|amount|rate|"
    r"number|share|purpose|aim|objective|definition|procedure|rule|limit|age)s?\b.+)\?"
)
_BY_WHEN = rf"By when (?P<aux>must|may|can|should|will) {_SUBJECT}\s+(?P<rest>(?!not\b).+)\?"
_FORMS = (
    (rf"May {_SUBJECT}\s+(?P<rest>(?!not\b).+)\?", "{be} {who} allowed to {rest}?"),
    (rf"(?:Am|Is|Are) {_SUBJECT}\s+allowed to\s+(?P<rest>.+)\?", "May {who} {rest}?"),
    (rf"Can {_SUBJECT}\s+(?P<rest>(?!not\b).+)\?", "Is it possible for {whom} to {rest}?"),
    (rf"Must {_SUBJECT}\s+(?P<rest>(?!not\b).+)\?", "{be} {who} required to {rest}?"),
    (rf"Do(?:es)? {_SUBJECT}\s+(?:need|have) to\s+(?P<rest>.+)\?", "Must {who} {rest}?"),
    (_MANY_I_MAY, "What is the number of {what} that {who} {aux} {rest}?"),
    (_MANY_MAY_BE, "What is the number of {what} that {rest}?"),
    (_MANY_ARE, "What is the number of {what} that are {rest}?"),
    (_BY_WHEN, "What is the latest date by which {who} {aux} {rest}?"),
    (r"How long do(?:es)? (?P<rest>.+?)\s+last\?", "What is the duration of {rest}?"),
    (r"How much is (?P<rest>the .+)\?", "What is the amount of {rest}?"),
    (r"Who leads (?:on )?(?P<rest>.+)\?", "Which team is responsible for {rest}?"),
    (r"Which team is responsible for (?P<rest>.+)\?", "Who leads on {rest}?"),
    (r"Who is responsible for (?P<rest>.+)\?", "Who is in charge of {rest}?"),
    (r"Who is in charge of (?P<rest>.+)\?", "Who is responsible for {rest}?"),
    (r"Who approves (?P<rest>.+)\?", "Whose approval is needed for {rest}?"),
    (r"Who decides on (?P<rest>.+)\?", "Who takes the decision on {rest}?"),
    (r"What happens if (?P<rest>.+)\?", "What is the consequence if {rest}?"),
    (r"What happens to (?P<rest>.+)\?", "What becomes of {rest}?"),
    (_WHAT_IS, "Can you tell me what {rest} {aux}?"),
    (r"What does (?P<rest>.+?) mean\?", "What is meant by {rest}?"),
    (r"What does (?P<rest>[A-Z][\w&-]+) stand for\?", "What is {rest} short for?"),
)
_SHORT_ENOUGH = 9  # words after which "what the maximum … is" leaves its verb too far behind
_FAR = "Can you tell me what"
_FRONT = re.compile(r"(?P<front>(?:Under|In|For|According to)\s[^,?]{3,80},\s+)(?P<main>.+)")


def reworded(question: str) -> Iterator[str]:
    """Give the question in other forms, none if its form is not known."""
    found = _FRONT.fullmatch(question)
    front, main = (found["front"], found["main"]) if found else ("", question)
    for pattern, written in _FORMS:
        match = re.fullmatch(pattern, main, re.IGNORECASE)
        if match and not (written.startswith(_FAR) and len(main.split()) > _SHORT_ENOUGH):
            asked = _filled(written, match.groupdict())
            yield f"{front}{asked[0].lower()}{asked[1:]}" if front else upper_first(asked)


def _filled(written: str, parts: dict[str, str]) -> str:
    who = parts.get("who", "")
    plain = who.casefold()
    several = plain.endswith("s") or plain == "staff"
    return upper_first(
        written.format(
            **parts | {"who": "I" if plain == "i" else who},
            be=_BE.get(plain, "are" if several else "is"),
            whom=_OBJECT.get(plain, who),
        )
    )
