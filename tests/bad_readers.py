"""Readers of documents that do what a reader never should; run in processes of their own."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import warnings

from corpus.files.folder import SourceFile
from corpus.model import Document
from corpus.progress import OnPage
from corpus.read import read_document


def by_name(source: SourceFile, *, on_page: OnPage) -> Document:
    """Do what the file's name says; read it as it is if that names nothing here."""
    act = _ACTS.get(source.path.stem)
    if act:
        act(source, on_page)
    return read_document(source, on_page=on_page)


def _crash(_source: SourceFile, _on_page: OnPage) -> None:
    ctypes.string_at(0)


def _abort(_source: SourceFile, _on_page: OnPage) -> None:
    os.abort()


def _leave(_source: SourceFile, _on_page: OnPage) -> None:
    os._exit(0)


def _hog(_source: SourceFile, _on_page: OnPage) -> None:
    kept = []
    while True:
        kept.append(bytes(10_000_000))


def _hang(_source: SourceFile, _on_page: OnPage) -> None:
    signal.pause()


def _spin(_source: SourceFile, _on_page: OnPage) -> None:
    while True:
        pass


def _crawl(_source: SourceFile, on_page: OnPage) -> None:
    """Finish a page now and then, far more slowly than is allowed for all of them together."""
    for number in range(1, 7):
        threading.Event().wait(0.45)
        on_page(number, 6)


def _never_done(_source: SourceFile, on_page: OnPage) -> None:
    number = 0
    while True:
        threading.Event().wait(0.1)
        number += 1
        on_page(number, number + 1)


def _stuck(_source: SourceFile, on_page: OnPage) -> None:
    """Say that a page is finished, then nothing more, so that no closed pipe ends it."""
    on_page(1, 2)
    signal.pause()


def _same_page(_source: SourceFile, on_page: OnPage) -> None:
    while True:
        threading.Event().wait(0.1)
        on_page(1, 2)


def _raise(_source: SourceFile, _on_page: OnPage) -> None:
    raise KeyError("what a library raises")


def _print(_source: SourceFile, _on_page: OnPage) -> None:
    print("from the reader")  # noqa: T201  that is the point
    warnings.warn("from the reader", stacklevel=1)
    os.write(1, b"from the reader")
    os.write(2, b"from the reader")
    sys.stderr.write("from the reader")


def _write(source: SourceFile, _on_page: OnPage) -> None:
    source.path.with_name("written.txt").write_text("x")


def _delete(source: SourceFile, _on_page: OnPage) -> None:
    source.path.unlink()


def _call(source: SourceFile, _on_page: OnPage) -> None:
    port = int(source.path.read_text().split()[-1])
    socket.create_connection(("127.0.0.1", port))


def _run(_source: SourceFile, _on_page: OnPage) -> None:
    subprocess.run(["true"], check=True)  # noqa: S607  it is refused


def _grow(_source: SourceFile, on_page: OnPage) -> None:
    """Send what looks like progress, for ever and as fast as can be."""
    number = 0
    while True:
        number += 1
        on_page(number, number)


def _slow(_source: SourceFile, _on_page: OnPage) -> None:
    until = time.process_time() + 0.2
    while time.process_time() < until:
        pass


def _secret(_source: SourceFile, _on_page: OnPage) -> None:
    if "CHARTER_SECRET" in os.environ:
        os.abort()


def _heavy(_source: SourceFile, _on_page: OnPage) -> None:
    """Abort if a library of the index is in memory, as it would be in a copy of the indexer."""
    if {"torch", "chromadb", "onnxruntime"} & set(sys.modules):
        os.abort()


_ACTS = {name[1:]: act for name, act in globals().items() if name[0] == "_" and callable(act)}
