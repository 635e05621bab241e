"""Receipts survive, answer by id, and fail with plain words."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from assistant.receipts import Receipt, Receipts
from assistant.reply import Question
from corpus.errors import RecordNotFound, SettingsError, StorageError

ASKED = Question("How many days?", date(2023, 6, 1), date(2026, 11, 22), "c-1")
RECEIPT = Receipt("a-1", datetime(2026, 11, 22, 9, 30), ASKED, "index", "settings", '{"id": "a-1"}')  # noqa: DTZ001  receipts are in UTC without saying so in each row


def opened(address: str, request: pytest.FixtureRequest) -> Receipts:
    receipts = Receipts(address)
    request.addfinalizer(receipts.close)
    return receipts


def test_a_receipt_is_found_by_another_process_with_all_it_held(records_address, request):
    opened(records_address, request).keep(RECEIPT)
    assert opened(records_address, request).find("a-1") == RECEIPT


def test_the_same_question_asked_again_keeps_the_first_receipt(records_address, request):
    receipts = opened(records_address, request)
    receipts.keep(RECEIPT)
    receipts.keep(
        Receipt("a-1", datetime(2027, 1, 1), ASKED, "index", "settings", '{"id": "a-1"}')  # noqa: DTZ001  the same
    )
    assert receipts.find("a-1").asked_at == RECEIPT.asked_at


def test_an_unknown_receipt_is_an_error_that_names_it(records_address, request):
    with pytest.raises(RecordNotFound, match="“a-2”"):
        opened(records_address, request).find("a-2")


def test_a_folder_that_cannot_hold_the_records_is_a_plain_error(tmp_path, request):
    (tmp_path / "file").write_text("in the way")
    receipts = opened(f"sqlite:///{tmp_path / 'file' / 'records.db'}", request)
    with pytest.raises(StorageError, match="CHARTER_HOME"):
        receipts.keep(RECEIPT)


@pytest.mark.postgres
@pytest.mark.slow
def test_a_server_that_is_gone_is_a_plain_error(tmp_path, request):
    receipts = opened(f"postgresql+psycopg://charter@/postgres?host={tmp_path}", request)
    with pytest.raises(StorageError, match="CHARTER_DATABASE"):
        receipts.keep(RECEIPT)


def test_eight_threads_that_ask_the_same_first_question_all_keep_it(fresh_address, request):
    for _ in range(8):
        receipts = opened(fresh_address(), request)
        together = Barrier(8)

        def keep(_thread, receipts=receipts, together=together):
            together.wait()
            receipts.keep(RECEIPT)

        with ThreadPoolExecutor(8) as threads:
            list(threads.map(keep, range(8)))
        assert receipts.find("a-1") == RECEIPT


def test_threads_that_ask_first_share_one_engine(records_address, request):
    receipts = opened(records_address, request)
    together = Barrier(8)
    pools = []

    def note(_connection, _record):
        pools.append(1)

    def examine(_thread):
        together.wait()
        receipts.examine()

    event.listen(Pool, "first_connect", note)
    request.addfinalizer(lambda: event.remove(Pool, "first_connect", note))
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(examine, range(8)))
    assert len(pools) == 1


@pytest.mark.slow
def test_processes_that_start_on_a_fresh_home_share_one_table(fresh_address):
    script = (
        "import sys\nfrom assistant.receipts import Receipts\n"
        "for address in sys.argv[1:]:\n"
        "    receipts = Receipts(address)\n"
        "    receipts.examine()\n"
        "    receipts.close()\n"
    )
    addresses = [fresh_address() for _ in range(20)]
    started = [
        subprocess.Popen(  # noqa: S603  the script stands above
            [sys.executable, "-c", script, *addresses],
            cwd=Path(__file__).parent.parent,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    assert [process.communicate(timeout=60)[1] for process in started] == [""] * 4


def test_examining_counts_what_is_kept_and_keeps_nothing(records_address, request):
    receipts = opened(records_address, request)
    assert receipts.examine() == 0
    receipts.keep(RECEIPT)
    assert receipts.examine() == 1


@pytest.mark.parametrize(
    ("unusable", "said"),
    [
        ("postgresql+pg8000://me:hush@host/records", r"“pg8000”.*charter\[postgres\]"),
        ("nosuch://me:hush@host/records", "“nosuch”"),
        ("me:hush@host", "no address of a database"),
        ("postgresql://me:hush@host:many/records", "no address of a database"),
    ],
)
def test_an_address_that_leads_to_no_database_is_told_without_its_password(unusable, said, request):
    with pytest.raises(SettingsError, match=said) as refused:
        opened(unusable, request).keep(RECEIPT)
    assert "hush" not in str(refused.value)
