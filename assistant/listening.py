"""Take the address that the server listens on; who examines it takes it the same way."""

from __future__ import annotations

import errno
import ipaddress
import socket

from corpus.errors import CharterError, PortInUse, SettingsError

_WAITING = 128  # connections that the kernel keeps until they are taken


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address; port 0 is any free one.

    Raises:
        PortInUse: another program listens there.
        SettingsError: this machine has no such address, or the port may not be used.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:  # a name that no name can be is the second
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


def is_loopback(host: str) -> bool:
    """Tell whether only this machine reaches an address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


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
