"""Where the engines' unix sockets are: a socket's path may not be longer than 107 bytes."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from bot.engines.failing import EngineFailed
from bot.engines.unprivileged import EngineUser

_LONGEST = 107
_NAME = ".s.PGSQL.5432"


def socket_directory(home: Path, user: EngineUser) -> Path:
    """Give a directory that only the engines' user (and root) can enter.

    It is inside DATA_DIR, or, where that path is too long, in the temporary directory under a
    name that is the same for everybody who uses this DATA_DIR.
    """
    inside = home / "sockets"
    if len(os.fsencode(inside / _NAME)) <= _LONGEST:
        user.own(inside)
        return inside
    note = home / "sockets.elsewhere"
    if note.exists():
        outside = Path(note.read_text())
    else:
        name = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
        outside = Path(tempfile.gettempdir()) / f"zhanggui-{name}"
        note.write_text(str(outside))
    _claim(outside, user)
    return outside


def _claim(outside: Path, user: EngineUser) -> None:
    """Anybody may write to the temporary directory: take nothing there that is not ours."""
    if outside.is_symlink() or (outside.exists() and not _ours(outside, user)):
        raise EngineFailed("sockets", f"{outside} belongs to somebody else")
    user.own(outside)


def _ours(path: Path, user: EngineUser) -> bool:
    found = path.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid in (user.uid, os.geteuid())
