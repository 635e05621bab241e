"""A cross-encoder by setting: off by default, the fake through the product, a real one once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.ask import Assistant
from assistant.doctor import examine
from assistant.retrieval.rerank import READ, rerank
from assistant.settings import load_settings
from assistant.wiring import build_reranker, settings_fingerprint
from corpus.errors import ModelError, ModelFileMissing
from indexing.reranker import OverlapReranker, Relevance

QUESTION = "How many days of annual leave may be carried over?"


class Reversing(OverlapReranker):
    """Likes best what stands last, and remembers how many texts it read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[int] = []

    def score(self, question: str, texts: Sequence[str]) -> Relevance:  # noqa: ARG002  the port's
        self.read.append(len(texts))
        return 7 * np.arange(len(texts), dtype=np.float32) - 3


def test_no_cross_encoder_is_set_by_default(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path)
    assert settings.reranker == ""
    assert build_reranker(settings) is None


def test_a_cross_encoder_moves_up_what_it_likes_and_keeps_every_hit(
    small_assistant: Assistant,
) -> None:
    plain = small_assistant.search(QUESTION, limit=40)
    again = replace(small_assistant, reranker=Reversing()).search(QUESTION, limit=40)
    assert {hit.ordinal for hit in again} == {hit.ordinal for hit in plain}
    before = [hit.ordinal for hit in plain]
    after = [hit.ordinal for hit in again]
    assert after.index(before[READ - 1]) < READ // 2
    assert [hit.score for hit in again] == sorted((hit.score for hit in again), reverse=True)
    assert max(hit.score for hit in again) <= max(hit.score for hit in plain)


def test_a_cross_encoder_that_agrees_changes_no_order(small_assistant: Assistant) -> None:
    class Agreeing(OverlapReranker):
        def score(self, question: str, texts: Sequence[str]) -> Relevance:  # noqa: ARG002  the port's
            return -np.arange(len(texts), dtype=np.float32)

    hits = small_assistant.search(QUESTION, limit=8)
    assert [hit.ordinal for hit in rerank(QUESTION, hits, Agreeing())] == [
        hit.ordinal for hit in hits
    ]


def test_only_the_first_hits_are_read_and_the_others_follow(small_assistant: Assistant) -> None:
    hits = small_assistant.search(QUESTION, limit=8)
    many = [replace(hits[0], ordinal=number, score=1 - number / 100) for number in range(READ + 9)]
    reader = Reversing()
    again = rerank(QUESTION, many, reader)
    assert reader.read == [READ]
    assert [hit.ordinal for hit in again[READ:]] == list(range(READ, READ + 9))
    assert [hit.score for hit in again] == sorted((hit.score for hit in again), reverse=True)
    assert rerank(QUESTION, many[:1], reader) == many[:1]
    assert rerank(QUESTION, [], reader) == []


def test_an_answer_with_the_fake_is_quoted_and_the_same_each_time(
    small_assistant: Assistant,
) -> None:
    assistant = replace(small_assistant, reranker=OverlapReranker())
    one, other = (assistant.ask("How many days may a staff member telework?") for _ in range(2))
    assert one == other
    assert "three days in each week" in one.text


def test_a_folder_without_a_cross_encoder_is_an_error_that_the_doctor_names(
    tmp_path: Path,
) -> None:
    settings = load_settings(home=tmp_path, reranker=str(tmp_path / "missing"), port=0)
    reranker = build_reranker(settings)
    assert reranker
    with pytest.raises(ModelFileMissing, match="CHARTER_RERANKER"):
        reranker.score("leave", ["annual leave"])
    found = next(one for one in examine(settings) if one.subject.startswith("cross-encoder"))
    assert (found.level, "CHARTER_RERANKER" in found.remedy) == ("error", True)


@pytest.mark.slow
def test_a_broken_cross_encoder_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", "utf-8")
    reranker = build_reranker(load_settings(home=tmp_path, reranker=str(tmp_path)))
    assert reranker
    with pytest.raises(ModelError, match="cannot be loaded"):
        reranker.score("leave", ["annual leave"])


@pytest.mark.slow
def test_a_real_cross_encoder_scores_each_pair_by_itself(tmp_path: Path) -> None:
    folder = tiny_model(tmp_path, labels=1)
    settings = load_settings(home=tmp_path, reranker=str(folder), port=0)
    reranker = build_reranker(settings)
    assert reranker
    texts = ["annual leave", "the office kitchen is cleaned on fridays", "leave"]
    scores = reranker.score("annual leave", texts)
    assert scores.dtype == np.float32
    assert scores.shape == (3,)
    assert len(set(scores.tolist())) == 3
    assert (reranker.score("annual leave", texts[::-1])[::-1] == scores).all()
    assert reranker.score("annual leave", []).shape == (0,)
    assert settings_fingerprint(settings) != settings_fingerprint(load_settings(home=tmp_path))
    found = next(one for one in examine(settings) if one.subject.startswith("cross-encoder"))
    assert found.level == "ok"


@pytest.mark.slow
def test_a_model_that_gives_several_scores_a_pair_is_refused(tmp_path: Path) -> None:
    reranker = build_reranker(
        load_settings(home=tmp_path, reranker=str(tiny_model(tmp_path, labels=3)))
    )
    assert reranker
    with pytest.raises(ModelError, match="3 scores a pair"):
        reranker.score("leave", ["annual leave"])


def tiny_model(folder: Path, *, labels: int) -> Path:
    """Save a cross-encoder of random weights, the same each time."""
    import torch  # noqa: PLC0415  takes seconds
    from sentence_transformers import CrossEncoder  # noqa: PLC0415  the same
    from transformers import (  # noqa: PLC0415  the same
        BertConfig,
        BertForSequenceClassification,
        BertTokenizerFast,
    )

    words = "[PAD] [UNK] [CLS] [SEP] [MASK] annual leave the office kitchen is cleaned on fridays"
    (folder / "vocab.txt").write_text("\n".join(words.split()), "utf-8")
    torch.manual_seed(7)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = BertConfig(
        vocab_size=len(words.split()), intermediate_size=32, num_labels=labels, **sizes
    )
    plain = folder / "plain"
    BertForSequenceClassification(config).save_pretrained(plain)
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(plain)
    CrossEncoder(str(plain)).save(str(folder / "model"))
    return folder / "model"
