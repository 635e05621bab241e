"""The commitments of the shipped documents, against a reading of them by hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml
from reading import read_shipped

from corpus.commitments import commitments_of

GOLD = Path(__file__).parent / "golden"
STRATEGIES = ("wto-people-strategy-2024-2027", "ilo-staff-union-programme-2023")


@cache
def shipped(name):
    return read_shipped(f"strategies/{name}.md")


def plain(text):
    return " ".join(text.split())


def shown(commitment):
    """Show a commitment as the gold writes it."""
    return {
        "theme": plain(commitment.theme[-1]),
        "text": plain(commitment.text.text) if commitment.text else None,
        "activities": [plain(one.text) for one in commitment.activities],
        "leads": [plain(one.text) for one in commitment.leads],
        "times": [
            {
                "written": plain(one.written.text),
                "kind": one.frame.kind,
                "first": one.frame.first and one.frame.first.isoformat(),
                "last": one.frame.last and one.frame.last.isoformat(),
            }
            for one in commitment.times
        ],
        "review": bool(commitment.doubts),
    }


@pytest.mark.parametrize("name", STRATEGIES)
def test_every_commitment_of_a_shipped_document_is_read_as_a_person_reads_it(name):
    gold = yaml.safe_load((GOLD / f"{name}.commitments.yaml").read_text("utf-8"))
    read = [shown(one) for one in commitments_of(shipped(name))]
    assert len(read) == len(gold)
    for found, wanted in zip(read, gold, strict=True):
        assert found == wanted


@pytest.mark.parametrize("name", STRATEGIES)
def test_every_word_of_a_commitment_stands_at_its_place(name):
    document = shipped(name)
    for one in commitments_of(document):
        quotes = [*filter(None, [one.text]), *one.activities, *one.leads]
        quotes += [time.written for time in one.times]
        assert all(document.text[q.start : q.end] == q.text != "" for q in quotes)
        assert all(one.start <= q.start < q.end <= one.end for q in quotes)


@pytest.mark.parametrize("name", STRATEGIES)
def test_no_two_commitments_of_a_document_share_an_id(name):
    ids = [one.id for one in commitments_of(shipped(name))]
    assert len(set(ids)) == len(ids)
