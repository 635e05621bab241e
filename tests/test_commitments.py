"""The commitments of the shipped documents, against a reading of them by hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml
from reading import CORPUS, read, read_shipped

import evals
from corpus.commitments import commitments_of

GOLD = Path(__file__).parent / "golden"
FORMATS = Path(evals.__file__).parent / "reading_gold"
STRATEGIES = ("wto-people-strategy-2024-2027", "ilo-staff-union-programme-2023")


@cache
def shipped(name):
    return read_shipped(f"strategies/{name}.md")


@cache
def other_format(name, suffix):
    """Read the same document as a word processor or its PDF has it."""
    path = FORMATS / f"{name}.{suffix}"
    sidecar = (CORPUS / "strategies" / f"{name}.meta.yaml").read_text("utf-8")
    return read(path.read_bytes(), name=path.name, sidecar=sidecar)


def gold_of(name):
    return yaml.safe_load((GOLD / f"{name}.commitments.yaml").read_text("utf-8"))


def plain(text):
    return " ".join(text.split())


def shown(commitment):
    """Show a commitment as the gold writes it."""
    return {
        "theme": plain(commitment.theme[-1]) if commitment.theme else "",
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
    found, gold = [shown(one) for one in commitments_of(shipped(name))], gold_of(name)
    assert len(found) == len(gold)
    for one, wanted in zip(found, gold, strict=True):
        assert one == wanted


@pytest.mark.parametrize(
    ("name", "suffix"),
    [(STRATEGIES[0], "docx"), (STRATEGIES[1], "docx"), (STRATEGIES[1], "pdf")],
)
def test_the_register_is_the_same_from_other_formats_of_a_document(name, suffix):
    found = [shown(one) for one in commitments_of(other_format(name, suffix))]
    assert found == gold_of(name)


def test_a_row_that_a_page_of_a_pdf_cuts_is_kept_for_a_person():
    found = [shown(one) for one in commitments_of(other_format(STRATEGIES[0], "pdf"))]
    differing = [
        one for one, gold in zip(found, gold_of(STRATEGIES[0]), strict=True) if one != gold
    ]
    assert [one["review"] for one in differing] == [True]


def test_an_id_is_the_same_from_every_format_of_a_document():
    name = STRATEGIES[0]
    markdown, word = commitments_of(shipped(name)), commitments_of(other_format(name, "docx"))
    assert [one.id for one in markdown] == [one.id for one in word]


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
