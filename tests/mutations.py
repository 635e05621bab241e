"""Files with small faults put into them, the same at every run."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from random import Random

from good_files import packed

_TAG = re.compile(rb"<[^<>]{1,300}>")
_FIGURE = re.compile(rb"\d+")
_FIGURES = (b"0", b"-1", b"65536", b"2147483648", b"99999999999999999999", b"NaN", b"")
_BYTES = (0x00, 0x0A, 0x28, 0x3C, 0x3E, 0x7F, 0xFF)

Mutation = Callable[[bytes, Random, bytes], bytes]


def mutated(data: bytes, seed: str, other: bytes) -> bytes:
    """Return the file with up to five faults; ``other`` is a file to take pieces from."""
    random = Random(seed)  # noqa: S311  not for secrets
    kinds: Sequence[Mutation] = _ANY
    if data.startswith(b"PK\x03\x04") and random.random() < 0.75:
        kinds = (_within_package,)
    for _ in range(random.choice((1, 1, 2, 5))):
        data = random.choice(kinds)(data, random, other) or b"?"
    return data


def _flip(data: bytes, random: Random, _other: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(random.choice((1, 4, 32))):
        changed[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _overwrite(data: bytes, random: Random, _other: bytes) -> bytes:
    changed = bytearray(data)
    start = random.randrange(len(data))
    for place in range(start, min(start + random.choice((1, 8, 64)), len(data))):
        changed[place] = random.choice(_BYTES)
    return bytes(changed)


def _truncate(data: bytes, random: Random, _other: bytes) -> bytes:
    return data[: random.randrange(len(data))]


def _delete(data: bytes, random: Random, _other: bytes) -> bytes:
    start, end = _span(data, random)
    return data[:start] + data[end:]


def _repeat(data: bytes, random: Random, _other: bytes) -> bytes:
    start, end = _span(data, random)
    return data[:end] + data[start:end] * random.choice((1, 3, 50)) + data[end:]


def _move(data: bytes, random: Random, _other: bytes) -> bytes:
    start, end = _span(data, random)
    piece, rest = data[start:end], data[:start] + data[end:]
    place = random.randrange(len(rest) + 1)
    return rest[:place] + piece + rest[place:]


def _splice(data: bytes, random: Random, other: bytes) -> bytes:
    start, end = _span(other, random)
    place = random.randrange(len(data))
    return data[:place] + other[start:end] + data[place:]


def _figure(data: bytes, random: Random, _other: bytes) -> bytes:
    """Put another figure in the place of one: lengths, offsets, counts, spans."""
    found = list(_FIGURE.finditer(data))
    if not found:
        return _flip(data, random, _other)
    one = random.choice(found)
    return data[: one.start()] + random.choice(_FIGURES) + data[one.end() :]


def _tag(data: bytes, random: Random, other: bytes) -> bytes:
    """Take out a tag, repeat it, or put it somewhere else."""
    tags = list(_TAG.finditer(data))
    if not tags:
        return _splice(data, random, other)
    one, two = random.choice(tags), random.choice(tags)
    rest = data[: one.start()] + data[one.end() :]
    return random.choice(
        (
            rest,
            rest[: two.start()] + one[0] + rest[two.start() :],
            data[: one.end()] + one[0] * 9 + data[one.end() :],
        )
    )


def _within_package(data: bytes, random: Random, other: bytes) -> bytes:
    """Put a fault into one part, or leave it out; the package stays whole."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    texts = [
        name for name in parts if name.endswith((".xml", ".rels", ".md", ".docx")) and parts[name]
    ]
    if not texts:
        return data
    name = random.choice(texts)
    if random.random() < 0.1:
        del parts[name]
    else:
        parts[name] = random.choice((_tag, _tag, _tag, _figure, _figure, *_ANY))(
            parts[name], random, other
        )
    return packed(parts)


def _span(data: bytes, random: Random) -> tuple[int, int]:
    start = random.randrange(len(data))
    return start, min(len(data), start + random.choice((1, 10, 100, 1_000, 10_000)))


_ANY: tuple[Mutation, ...] = (
    _flip,
    _overwrite,
    _truncate,
    _delete,
    _repeat,
    _move,
    _splice,
    _figure,
    _tag,
)
