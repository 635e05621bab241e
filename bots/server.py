"""One process that serves the page and the API."""

from __future__ import annotations

import errno
import ipaddress
import socket
import sys

import uvicorn

from assistant.ask import Assistant
from assistant.settings import Settings
from assistant.wiring import build_assistant, index_corpus
from bots.api import create_app
from bots.building import report_shown, watched
from bots.terminal import write
from corpus.errors import CharterError, PortInUse, SettingsError

_WAITING = 128  # connections that the kernel keeps until they are taken
_EVERY_ADDRESS = {"0.0.0.0", "::"}  # noqa: S104  recognised, not bound to unless it is set


def serve_forever(settings: Settings) -> None:
    """Index what changed, then serve until stopped.

    Raises:
        PortInUse: another program listens on the port.
        CharterError: what stands between the documents and an answer.
    """
    # taken first: a port in use is said at once, and no second server starts meanwhile
    with listen(settings.host, settings.port) as listener:
        assistant = build_assistant(settings)
        try:
            _bring_in_step(settings, assistant)
            assistant.ready()
            _say_where(listener, settings.host)
            _run(assistant, listener)
        except KeyboardInterrupt:
            sys.stderr.write("Stopped.\n")
        finally:
            assistant.close()


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address; port 0 is any free one.

    Raises:
        PortInUse: another program listens there.
        SettingsError: this machine has no such address, or the port may not be used.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise SettingsError(f"“{host}” is no address.", "Set another host.") from error
    listener = socket.socket(family, kind)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        # not left to uvicorn: until somebody listens, Linux lets a second program bind as well
        listener.listen(_WAITING)
    except OSError as error:
        listener.close()
        raise _cannot_listen(host, port, error) from error
    return listener


def _cannot_listen(host: str, port: int, error: OSError) -> CharterError:
    if error.errno == errno.EADDRINUSE:
        return PortInUse(
            f"Another program listens on port {port} of {host}.",
            "Stop it, or choose another port with --port (0 picks a free one).",
        )
    return SettingsError(
        f"Charter cannot listen on port {port} of {host}: {error.strerror}.",
        "Choose another with --host and --port.",
    )


def _bring_in_step(settings: Settings, assistant: Assistant) -> None:
    """Index the folder; where that fails and an index from before serves, go on with that one."""
    try:
        with watched() as progress:
            report = index_corpus(settings, progress)
    except CharterError as error:
        assistant.ready()
        sys.stderr.write(f"charter: {error}\nThe index from before is served.\n")
    else:
        write(report_shown(report), to_stderr=True)


def _say_where(listener: socket.socket, host: str) -> None:
    shown = "localhost" if host in _EVERY_ADDRESS else host
    shown = f"[{shown}]" if ":" in shown else shown
    port = listener.getsockname()[1]
    sys.stdout.write(f"Charter answers at http://{shown}:{port}/ (stop with Ctrl-C)\n")
    sys.stdout.flush()
    if not _is_loopback(host):
        sys.stderr.write(
            "There is no sign-in: whoever reaches this address can read every document.\n"
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _run(assistant: Assistant, listener: socket.socket) -> None:
    config = uvicorn.Config(
        create_app(assistant),
        log_level="warning",
        # the addresses of the page hold questions, and who asks what is nobody's business
        access_log=False,
        server_header=False,
        lifespan="off",
    )
    uvicorn.Server(config).run(sockets=[listener])
