"""PostgreSQL refuses to run as root: a root's bot runs its engines as somebody else."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

import structlog

from bot.engines.failing import EngineFailed

log = structlog.get_logger()
_CANDIDATES = ("zhanggui", "postgres", "nobody")


@dataclass(frozen=True, slots=True)
class EngineUser:
    """Who runs the engines; `other` when that is not who runs this process."""

    uid: int
    gid: int
    other: bool

    def own(self, path: Path) -> None:
        """Make a directory, for this user alone."""
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.other:
            os.chown(path, self.uid, self.gid)
        elif path.stat().st_uid != self.uid:
            raise EngineFailed("files", f"{path} belongs to another user")
        path.chmod(0o700)

    def own_all(self, path: Path) -> None:
        """Give a whole tree to this user, if it is not theirs (copied there by root, say)."""
        if not self.other or path.stat().st_uid == self.uid:
            return
        for each in (path, *path.rglob("*")):
            os.chown(each, self.uid, self.gid, follow_symlinks=False)

    def reach(self, path: Path) -> None:
        """Let this user pass through the directories above a path; not list, let alone read them.

        A root's home is closed to everybody else, and PostgreSQL needs to get to its files.
        """
        if not self.other:
            return
        for parent in path.parents:
            mode = parent.stat().st_mode
            if not mode & 0o001:
                parent.chmod(mode | 0o001)
                log.warning("engines.passage_opened", path=str(parent), mode="o+x")

    def read(self, path: Path) -> None:
        """Let this user read and run an installed tree (a root's umask may have closed it)."""
        self.reach(path)
        if not self.other or path.stat().st_mode & 0o005 == 0o005:
            return
        for each in (path, *path.rglob("*")):
            mode = each.stat().st_mode
            runnable = 0o001 if each.is_dir() or mode & 0o100 else 0
            each.chmod(mode | 0o004 | runnable)


def engine_user(data: Path) -> EngineUser:
    """Whoever runs this process; instead of root, the data's owner or an unprivileged user."""
    if os.geteuid() != 0:
        return EngineUser(os.geteuid(), os.getegid(), other=False)
    owner = data.stat().st_uid if data.exists() else 0
    known = {each.pw_uid: each for each in pwd.getpwall()}
    named = {each.pw_name: each for each in known.values()}
    for entry in (known.get(owner), *(named.get(name) for name in _CANDIDATES)):
        if entry is not None and entry.pw_uid != 0:
            return EngineUser(entry.pw_uid, entry.pw_gid, other=True)
    raise EngineFailed("postgres", f"it cannot run as root; add a user named {_CANDIDATES[0]}")
