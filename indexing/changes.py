"""What changes in folders, as the system tells it: the one file that knows watchfiles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event

from watchfiles import watch

_PAUSE = 200  # milliseconds without a change, after which those before are told
_LONGEST = 1_000  # milliseconds after which they are told in any case
_POLL = 1_000  # milliseconds between two looks where the system tells nothing
_MOUNTS = Path("/proc/self/mountinfo")
# filesystems on which a change made by another machine is told to nobody here
_REMOTE = frozenset(
    "9p afs beegfs ceph cifs drvfs fuse.rclone fuse.s3fs fuse.sshfs fuse.vmhgfs-fuse fuseblk "
    "glusterfs lustre ncpfs nfs nfs4 prl_fs smb3 smbfs vboxsf virtiofs".split()
)


def changes(
    folders: Sequence[Path], *, poll: bool, every: float, stop: Event
) -> Iterator[frozenset[str]]:
    """Give the paths that changed, shortly after they did; none of them after ``every`` seconds.

    It ends when ``stop`` is set.

    Args:
        folders: that exist; all below them is watched.
        poll: look again and again, as is needed where the system tells nothing.
        every: seconds after which it comes back without a change.
        stop: ends it.
    """
    told = watch(
        *folders,
        watch_filter=None,
        debounce=_LONGEST,
        step=_PAUSE,
        stop_event=stop,
        rust_timeout=int(every * 1_000),
        yield_on_timeout=True,
        force_polling=poll,
        poll_delay_ms=_POLL,
        ignore_permission_denied=True,
    )
    for changed in told:
        yield frozenset(path for _, path in changed)


def needs_polling(folder: Path) -> bool:
    """Tell whether a folder lies where the system does not tell what others change."""
    with suppress(OSError, ValueError):
        return _filesystem(folder.resolve()) in _REMOTE
    return False


def _filesystem(folder: Path) -> str:
    """Return the kind of filesystem that a folder lies on; empty where the system keeps no list."""
    best, kind = "", ""
    for line in _MOUNTS.read_text("utf-8", "replace").splitlines():
        fields, _, described = line.partition(" - ")
        place = fields.split(" ")[4].replace("\\040", " ")
        inside = folder.is_relative_to(place)
        if inside and len(place) >= len(best):
            best, kind = place, described.split(" ")[0]
    return kind
