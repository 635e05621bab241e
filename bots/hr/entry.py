"""Who may open the pages for HR: whoever has the key, or, where none is set, this computer.

What a browser keeps is the moment until which it may come in, signed with the key: nothing is
stored here, a restart forgets nobody, and another key shuts everybody out.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections import deque
from collections.abc import Callable
from threading import Lock

from starlette.requests import Request
from starlette.responses import Response

from assistant.listening import is_loopback
from assistant.settings import Settings
from corpus.errors import HrClosed

COOKIE = "charter_hr"
KEPT = 12 * 3600  # seconds: a working day
_TRIES = 10  # wrong keys in a minute from one address; after that none is looked at
# of a proxy on this computer, which others come through
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
_MINUTE = 60.0


class Entry:
    """Lets people in.

    Args:
        settings: say the key.
        clock: seconds since 1970.
    """

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.time) -> None:
        self._key = settings.hr_key.get_secret_value()
        # what a proxy passes on comes from this computer too: with one there is a public address
        self._alone = is_loopback(settings.host) and not settings.public_url
        self._by_https = settings.public_url.startswith("https://")
        self._clock = clock
        self._wrong: dict[str, deque[float]] = {}
        self._lock = Lock()

    @property
    def takes_a_key(self) -> bool:
        """Whether somebody can come in with a key."""
        return bool(self._key)

    def is_open(self, request: Request) -> bool:
        """Tell whether whoever asks may see the pages."""
        if not self._key:
            return self._alone and not any(name in request.headers for name in _FORWARDED)
        until, _, signature = request.cookies.get(COOKIE, "").partition(".")
        if not (until.isascii() and until.isdigit()) or int(until[:12]) < self._clock():
            return False
        return hmac.compare_digest(signature.encode(), self._signature(until).encode())

    def require(self, request: Request) -> None:
        """Let whoever may see the pages go on.

        Raises:
            HrClosed: they may not.
        """
        if not self.is_open(request):
            raise HrClosed(
                "These pages show what staff asked, so they open to HR alone.",
                "Come in with the key."
                if self._key
                else "Whoever runs Charter sets "
                "CHARTER_HR_KEY; without it they open on the computer that Charter runs on.",
            )

    def takes(self, key: str, address: str = "") -> bool:
        """Tell whether a key opens the pages.

        Args:
            key: as it was typed.
            address: where it comes from: who tries keys keeps nobody else out.

        Raises:
            HrClosed: too many wrong ones came from there within a minute.
        """
        now = self._clock()
        with self._lock:
            tried = self._wrong.get(address) or deque[float]()
            if len(tried) == _TRIES and now - tried[0] < _MINUTE:
                raise HrClosed(
                    f"There were {_TRIES} wrong keys within a minute.", "Wait a minute, try again."
                )
        right = bool(self._key) and hmac.compare_digest(key.strip().encode(), self._key.encode())
        if not right:
            self._note(address, now)
        return right

    def _note(self, address: str, now: float) -> None:
        """Remember a wrong key; addresses that are quiet for a minute are forgotten."""
        with self._lock:
            for quiet in [one for one, tried in self._wrong.items() if now - tried[-1] > _MINUTE]:
                del self._wrong[quiet]
            self._wrong.setdefault(address, deque(maxlen=_TRIES)).append(now)

    def let_in(self, response: Response, request: Request) -> None:
        """Let a browser in until the day's work is done."""
        until = str(int(self._clock()) + KEPT)
        response.set_cookie(
            COOKIE,
            f"{until}.{self._signature(until)}",
            max_age=KEPT,
            path="/",
            httponly=True,
            samesite="strict",
            secure=self._by_https or request.url.scheme == "https",
        )

    def let_out(self, response: Response) -> None:
        """Let a browser forget that it was let in."""
        response.delete_cookie(COOKIE, path="/")

    def _signature(self, until: str) -> str:
        said = f"charter hr {until}".encode()
        return hmac.new(self._key.encode(), said, hashlib.sha256).hexdigest()
