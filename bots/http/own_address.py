"""Addresses to come back to: those of this server and no other."""

from __future__ import annotations


def own_address(address: str, otherwise: str = "/") -> str:
    r"""Return an address of this server; ``otherwise`` for one that leads elsewhere.

    Browsers read "//host" and "/\host" as addresses of another host, and leave out line breaks
    and tabs before they read.
    """
    plain = address.isprintable() and "\\" not in address
    return address if plain and address.startswith("/") and address[1:2] != "/" else otherwise
