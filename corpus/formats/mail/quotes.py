"""What a mail repeats of the mails before it, and its signature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.raw import Paragraph, Raw, Table

_QUOTED = re.compile(r"\s{0,3}>")
_SIGNATURE = re.compile(r"-- ?$")
_LONGEST_SIGNATURE = 12  # lines; what is longer is no signature
_WROTE = re.compile(
    r"(?:On|Am|Le|El|Il|Op|Em|Den)\s.{6,250}\s"
    r"(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev)(?:\s.{0,80})?\s?:\s*$",
    re.DOTALL,
)
_ATTRIBUTION = re.compile(r"(?=.*\d)(?=.*\w+\W+\w+\W+\w+).{10,250}:\s*$", re.DOTALL)
_FROM = re.compile(r"\W{0,3}(?:From|Von|De|Da|Van|Från|Fra|Expéditeur)\W{0,3}:", re.IGNORECASE)
_FIELD = re.compile(r"\W{0,3}\w[\w ]{1,20}\W{0,3}:\s*\S")
_RULE = re.compile(r"\s*(?:-{3,}.{0,60}-{3,}|_{8,})\s*$")
_FORWARDED = re.compile(
    r"forward|weitergeleitet|transféré|reenviado|inoltrato|doorgestuurd", re.IGNORECASE
)
_HEADER_LINES = 6  # within which an earlier mail's headers stand
_FEWEST_FIELDS = 3  # of them, sender among them

_NOTE = "Earlier mails that it quotes were left out."
_SIGNED = "What stands below a line of two hyphens, as signatures do, was left out."


def drop_quoted(text: str, *, forwarded: bool) -> tuple[str, tuple[str, ...]]:
    """Return a plain mail without what it quotes and without its signature, and notes.

    A mail that was forwarded with it stays, and so does everything if nothing else is there.
    """
    lines = text.split("\n")
    kept = lines[: _history(lines, forwarded=forwarded)]
    left_out = len(kept) < len(lines)
    quoted = {n for n, line in enumerate(kept) if _QUOTED.match(line)}
    if not forwarded:
        quoted |= _attributions(kept, quoted)
        rest = [line for n, line in enumerate(kept) if n not in quoted]
    else:
        rest, quoted = kept, set()
    unsigned = _without_signature(rest)
    if not any(line.strip() and not _RULE.match(line) for line in unsigned):
        return text, ()
    notes = (_NOTE,) if left_out or quoted else ()
    return "\n".join(unsigned), (*notes, *((_SIGNED,) if len(unsigned) < len(rest) else ()))


def without_history(blocks: Sequence[Raw], *, forwarded: bool) -> tuple[list[Raw], tuple[str, ...]]:
    """Return the blocks of a mail in HTML without the earlier mails at its end, and notes."""
    if forwarded:
        return list(blocks), ()
    for place, block in enumerate(blocks):
        if place and _opens_history(block, blocks[place + 1 : place + _HEADER_LINES]):
            return list(blocks[:place]), (_NOTE,)
    return list(blocks), ()


def _opens_history(block: Raw, following: Sequence[Raw]) -> bool:
    if isinstance(block, Table):
        return False
    text = block.text.text.strip()
    if _WROTE.match(text):
        return True
    if not _FROM.match(text):
        return False
    lines = [*text.split("\n"), *(b.text.text for b in following if isinstance(b, Paragraph))]
    fields = sum(bool(_FIELD.match(line)) for line in lines[:_HEADER_LINES])
    inside = len(re.findall(r"\b\w[\w ]{1,14}:\s", text))
    return max(fields, inside) >= _FEWEST_FIELDS


def _history(lines: Sequence[str], *, forwarded: bool) -> int:
    """Return the line at which earlier mails begin that are not marked line by line."""
    if forwarded:
        return len(lines)
    for number, line in enumerate(lines):
        if not number or not line.strip():
            continue
        if _RULE.match(line) and _has_headers(lines, number + 1):
            return len(lines) if _FORWARDED.search(line) else number
        if _FROM.match(line) and _has_headers(lines, number):
            return number
        if _WROTE.match(line) and not _is_quoted_after(lines, number):
            return number
    return len(lines)


def _has_headers(lines: Sequence[str], start: int) -> bool:
    after = lines[start : start + 2 * _HEADER_LINES]
    first = [line for line in after if line.strip()][:_HEADER_LINES]
    fields = sum(bool(_FIELD.match(line)) for line in first)
    return fields >= _FEWEST_FIELDS and any(map(_FROM.match, first))


def _is_quoted_after(lines: Sequence[str], number: int) -> bool:
    after = lines[number + 1 : number + 1 + _HEADER_LINES]
    following = next((line for line in after if line.strip()), "")
    return bool(_QUOTED.match(following))


def _attributions(lines: Sequence[str], quoted: set[int]) -> set[int]:
    """Return the lines that say who wrote what is quoted after them."""
    found: set[int] = set()
    for number in quoted:
        above = number - 1
        while above >= 0 and not lines[above].strip():
            above -= 1
        if above < 0 or above in quoted:
            continue
        if _ATTRIBUTION.match(lines[above]):
            found.add(above)
        elif above and _WROTE.match(f"{lines[above - 1]} {lines[above]}"):
            found |= {above - 1, above}
    return found


def _without_signature(lines: list[str]) -> list[str]:
    """Return the lines up to the mark of a signature, the first that has few enough after it."""
    start, after = len(lines), 0
    for number in range(len(lines) - 1, -1, -1):
        if _SIGNATURE.match(lines[number]):
            start = number
        after += bool(lines[number].strip())
        if after > _LONGEST_SIGNATURE:
            break
    return lines[:start]
