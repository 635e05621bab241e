"""The sources of documents as ``charter.toml`` lists them.

[[origins]]
name = "handbook"
git = "https://git.example.org/hr/handbook"
branch = "main"                            # the default one if it is not given
folder = "policies"                        # all of the repository if it is not given

[[origins]]
name = "intranet"
web = "https://intranet.example.org/hr/sitemap.xml"
about = { owner = "Human Resources", audience = ["staff"] }

[[origins]]
name = "scans"
path = "/srv/scans"
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from corpus.metadata import Fields

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}$")
_BRANCH = re.compile(r"(?![-/.])(?!.*(?:\.\.|//|@\{|\.lock$|/$))[\w./@+-]{1,200}$", re.ASCII)
_SSH = re.compile(r"(?![-/])[\w.-]+@(?!-)[\w.-]+:(?!/?-)\S+$", re.ASCII)  # me@host:path
_GIT_SCHEMES = frozenset(("https", "http", "ssh"))
_USER = re.compile(r"(?<=://)[^/\s@]+@")
_SECRET = re.compile(
    r"([?&][^=&\s]*(?:token|key|sig|secret|pass|auth|code|credential)[^=&\s]*=)[^&\s]+",
    re.IGNORECASE,
)


class OriginSettings(BaseModel):
    """One source: a Git repository, a web page or sitemap, or a folder.

    Attributes:
        git: address of a repository, or the path of one on this machine.
        web: address of a page, or of a sitemap whose pages are all fetched.
        hosts: of a web source, further hosts that its pages may stand on.
        delay: seconds between two requests to a web source.
        path: of a folder.
        about: metadata for documents that say nothing else about themselves.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    name: str
    git: str = ""
    branch: str = ""
    folder: str = ""
    web: str = ""
    hosts: tuple[str, ...] = ()
    delay: float = Field(0.5, ge=0, le=60)
    path: Path | None = None
    about: Fields = Fields()

    def __str__(self) -> str:
        """Name the source and its address, without what could open it."""
        return f"{self.name}: {without_credentials(self.git or self.web or str(self.path))}"

    @field_validator("name")
    @classmethod
    def _is_safe(cls, name: str) -> str:
        if not _NAME.match(name):
            raise ValueError("may hold small letters, digits, - and _ only, at most 40")
        return name

    @field_validator("git")
    @classmethod
    def _is_repository(cls, address: str) -> str:
        if address and not (is_local(address) or _SSH.match(address)):
            parts = urlsplit(address)
            if parts.scheme not in _GIT_SCHEMES or not parts.hostname:
                raise ValueError("is no address of a repository: https://…, ssh://… or a path")
        return address

    @field_validator("branch")
    @classmethod
    def _is_branch(cls, branch: str) -> str:
        if branch and not _BRANCH.match(branch):
            raise ValueError("is no name of a branch")
        return branch

    @field_validator("folder")
    @classmethod
    def _is_inside(cls, folder: str) -> str:
        parts = [part for part in folder.split("/") if part not in ("", ".")]
        if ".." in parts or "\0" in folder:
            raise ValueError("must be a folder inside the repository")
        return "/".join(parts)

    @field_validator("web")
    @classmethod
    def _is_page(cls, address: str) -> str:
        if address:
            parts = urlsplit(address)
            if parts.scheme not in ("https", "http") or not parts.hostname:
                raise ValueError("is no address of a page: https://…")
        return address

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if sum(map(bool, (self.git, self.web, self.path))) != 1:
            raise ValueError("a source has one of git, web and path")
        return self


def check_names(origins: Sequence[OriginSettings]) -> None:
    """Refuse two sources of one name; raises ValueError."""
    twice = [name for name, times in Counter(one.name for one in origins).items() if times > 1]
    if twice:
        raise ValueError(f"two sources are named “{twice[0]}”")


def is_local(address: str) -> bool:
    """Say whether the address of a repository is a path on this machine."""
    return address.startswith(("/", "./", "../", "~/"))


def without_credentials(words: str) -> str:
    """Return words with user names, passwords and keys taken out of the addresses in them."""
    return _SECRET.sub(r"\1…", _USER.sub("", words))
