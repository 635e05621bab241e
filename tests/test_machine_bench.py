"""``charter bench scale`` and ``charter bench embedding`` as people and programs run them."""

from __future__ import annotations

import json
import os
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from typer.testing import CliRunner

from bots.cli import build_app
from corpus.errors import BenchmarkUnusable, MetadataUnusable
from evals.machine_pages import save_scale, scale_rows
from evals.memory import peak_mib
from evals.scale import Asked, Built, Sized

MEASURED = (
    Sized(Built(1_000, 10, 2.0, 3.0, 200.0, 20.0, 1.5), Asked(1.0, 10.0, 20.0, 9.0, 300.0, 0.5)),
    Sized(
        Built(10_000, 100, 20.0, 30.0, 210.0, 200.0, 2.5), Asked(1.0, 10.0, 20.0, 9.0, 310.0, 0.7)
    ),
)


def charter(*words: str) -> Result:
    return CliRunner(env={"COLUMNS": "80"}).invoke(build_app(), ["bench", *words])


def test_growth_has_a_row_for_each_figure_and_a_column_for_each_size() -> None:
    rows = {row[0]: row[1:] for row in scale_rows(MEASURED)}
    assert rows["index, s"] == ("2.0", "20.0", "1.00")
    assert rows["question p50, ms"] == ("10.0", "10.0", "0.00")
    assert rows["load at the end"] == ("0.5", "0.7", "")


def test_one_size_and_a_time_too_short_to_tell_have_no_growth() -> None:
    assert {row[-1] for row in scale_rows(MEASURED[:1])} == {""}
    instant = Sized(Built(10_000, 100, 0.0, 0.0, 210.0, 200.0, 1.0), MEASURED[1].asked)
    assert {row[0]: row[-1] for row in scale_rows((MEASURED[0], instant))}["index, s"] == ""


def test_the_page_of_growth_has_a_line_for_each_size(tmp_path: Path) -> None:
    save_scale(MEASURED, tmp_path)
    page = (tmp_path / "scale.md").read_text("utf-8")
    assert (
        "| 1000 | 10 | 2.0 | 3.0 | 200.0 | 20.0 | 1.5 | 1.0 | 10.0 | 20.0 | 9.0 | 300.0 | 0.5 |"
        in page
    )
    assert "| grows with the power | 1.00 | 1.00 | 1.00 | 0.02 | 1.00 |  | 0.00 |" in page
    assert (
        json.loads((tmp_path / "scale.json").read_text("utf-8"))["sizes"][1]["asked"]["p95"] == 20
    )


def test_the_memory_of_a_process_is_not_that_of_the_one_that_started_it() -> None:
    held = np.ones(2**25)  # 256 MiB
    before = peak_mib()
    assert before > held.nbytes / 2**20
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        assert process.submit(peak_mib).result() < before - 128


def test_an_error_goes_from_one_process_to_another_with_its_kind_and_words() -> None:
    for raised in (BenchmarkUnusable("It failed.", "Mend it."), MetadataUnusable("No.", "Yes.")):
        told = pickle.loads(pickle.dumps(raised))  # noqa: S301  made on this line
        assert type(told) is type(raised)
        assert (told.problem, told.remedy, str(told)) == (
            raised.problem,
            raised.remedy,
            str(raised),
        )


def test_fewer_passages_than_a_document_has_are_refused() -> None:
    done = charter("scale", "10")
    assert done.exit_code == 2
    assert "10" in done.output


@pytest.mark.slow
def test_growth_is_measured_shown_and_saved(tmp_path: Path) -> None:
    done = charter("scale", "100", "300", "--save", str(tmp_path))
    assert done.exit_code == 0, done.output
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "300 passages: asking" in done.stderr
    sizes = json.loads((tmp_path / "scale.json").read_text("utf-8"))["sizes"]
    assert [one["built"]["documents"] for one in sizes] == [1, 3]
    assert all(one["asked"]["p50"] > 0 for one in sizes)


@pytest.mark.slow
def test_an_index_that_was_kept_is_asked_and_not_built_again(tmp_path: Path) -> None:
    asked = [charter("scale", "100", "--home", str(tmp_path), "--json") for _ in range(2)]
    assert [one.exit_code for one in asked] == [0, 0], asked[0].output
    assert "100 passages: building" in asked[0].stderr
    assert "100 passages: building" not in asked[1].stderr
    first, second = (json.loads(one.stdout)["sizes"][0] for one in asked)
    assert second["built"] == first["built"]
    assert second["asked"]["p50"] > 0


@pytest.mark.slow
def test_embedding_is_compared_with_the_runtime_alone(tmp_path: Path) -> None:
    done = charter("embedding", "--texts", "8", "--save", str(tmp_path), "--json")
    assert done.exit_code == 0, done.output
    figures = json.loads(done.stdout)["figures"]
    assert figures[0]["name"] == "texts embedded, Charter"
    assert figures[-1]["name"] == "Charter against the best way alone"
    assert all(one["lowest"] > 0 for one in figures)
    page = (tmp_path / "embedding.md").read_text("utf-8")
    assert f"On {os.cpu_count()} cores" in page
    shown = charter("embedding", "--texts", "8")
    assert max(map(len, shown.stdout.splitlines())) <= 80
    assert "Charter against the best way alone" in shown.stdout
