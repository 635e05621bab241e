"""What pages show of the organisation: its name, its logo and its colour."""

from __future__ import annotations

from functools import cached_property

from assistant.settings import Settings
from bots.web.colours import Accent, Scheme, accent_in
from bots.web.logo import HEIGHT, Logo, read_logo

STYLES = "/brand.css"
LOGO = "/brand/logo"


class Brand:
    """Reads the logo when it is first shown, or when a server starts and asks whether it can."""

    logo_url = LOGO
    logo_height = HEIGHT

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def check(self) -> None:
        """Look whether all of it can be shown, so that a wrong file is told when a server starts.

        Raises:
            SettingsError: the logo cannot.
        """
        _ = self.logo

    @property
    def organisation(self) -> str:
        """The name of the organisation, or nothing."""
        return self._settings.organisation.strip()

    @cached_property
    def logo(self) -> Logo | None:
        """The logo, if one is set.

        Raises:
            SettingsError: it cannot be shown.
        """
        return read_logo(self._settings.logo) if self._settings.logo else None

    @property
    def styles_url(self) -> str:
        """Address of the styles that set the accent; a new colour has a new one; empty for none."""
        accent = self._settings.accent
        return f"{STYLES}?{accent.removeprefix('#')}" if accent else ""

    @property
    def styles(self) -> str:
        """The accent as design values of charter.css, in light and in dark."""
        if not self._settings.accent:
            return ""
        light, dark = self._values("light"), self._values("dark")
        return (
            f":root {{ {light} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
            "@media print { :root { --link: #000; } }\n"
        )

    def _values(self, scheme: Scheme) -> str:
        accent: Accent = accent_in(scheme, self._settings.accent)
        return f"--action: {accent.area}; --action-ink: {accent.ink}; --link: {accent.text};"
