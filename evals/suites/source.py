"""A suite that somebody names on the command line: in the folder of suites, or a file elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evals.suites.files.suite_file import read_suite, write_suite
from evals.suites.folder import SuiteFolder
from evals.suites.model import Suite


@dataclass(frozen=True, slots=True)
class Source:
    """Where a suite is read from and written to.

    Attributes:
        suite: None where there is none yet.
        name: in the folder; empty of a file elsewhere.
    """

    suite: Suite | None
    file: Path
    folder: SuiteFolder
    name: str = ""
    state: str = ""

    def write(self, suite: Suite) -> None:
        """Keep a suite in the place of the one that was read.

        Raises:
            SuiteOutdated: in the folder somebody changed it meanwhile; nothing is written.
            SuiteRefused, SuiteUnusable, StorageError: it cannot be written.
        """
        if self.name:
            self.folder.write(self.name, suite, state=self.state)
        else:
            write_suite(suite, self.file)


def source_of(said: Path, folder: SuiteFolder) -> Source:
    """Return the suite that somebody means.

    Args:
        said: the name of a suite of the folder or of those that come with Charter, or a file,
            which may lie in the folder as well.
        folder: of suites.

    Raises:
        SuiteUnusable: it has problems; they are named.
    """
    name = folder.named(said)
    if name in folder.names() and name:
        stored = folder.open(name)
        return Source(stored.suite, said, folder, name, stored.state)
    if name:
        return Source(None, said, folder, name)
    return Source(read_suite(said) if said.exists() else None, said, folder)
