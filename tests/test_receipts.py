"""Receipts survive, answer by id, and fail with plain words."""

from datetime import date, datetime

import pytest

from assistant.receipts import Receipt, Receipts
from assistant.reply import Question
from corpus.errors import RecordNotFound, StorageError

ASKED = Question("How many days?", date(2023, 6, 1), date(2026, 11, 22), "c-1")
RECEIPT = Receipt("a-1", datetime(2026, 11, 22, 9, 30), ASKED, "index", "settings", '{"id": "a-1"}')  # noqa: DTZ001  receipts are in UTC without saying so in each row


@pytest.fixture
def address(tmp_path):
    return f"sqlite:///{tmp_path / 'records.db'}"


def opened(address: str, request: pytest.FixtureRequest) -> Receipts:
    receipts = Receipts(address)
    request.addfinalizer(receipts.close)
    return receipts


def test_a_receipt_is_found_by_another_process_with_all_it_held(address, request):
    opened(address, request).keep(RECEIPT)
    assert opened(address, request).find("a-1") == RECEIPT


def test_the_same_question_asked_again_keeps_the_first_receipt(address, request):
    receipts = opened(address, request)
    receipts.keep(RECEIPT)
    receipts.keep(
        Receipt("a-1", datetime(2027, 1, 1), ASKED, "index", "settings", '{"id": "a-1"}')  # noqa: DTZ001  the same
    )
    assert receipts.find("a-1").asked_at == RECEIPT.asked_at


def test_an_unknown_receipt_is_an_error_that_names_it(address, request):
    with pytest.raises(RecordNotFound, match="“a-2”"):
        opened(address, request).find("a-2")


def test_a_folder_that_cannot_hold_the_records_is_a_plain_error(tmp_path, request):
    (tmp_path / "file").write_text("in the way")
    receipts = opened(f"sqlite:///{tmp_path / 'file' / 'records.db'}", request)
    with pytest.raises(StorageError, match="CHARTER_HOME"):
        receipts.keep(RECEIPT)
