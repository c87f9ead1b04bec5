"""The server processes of a data directory, as the kernel knows them; a pid file proves nothing."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Process:
    """A live process whose working directory is a data directory."""

    pid: int
    command: str


def lives(pid_file: Path) -> bool:
    """Whether the process named in the first line of a pid file lives, and is no zombie."""
    try:
        pid = int(pid_file.read_text().splitlines()[0])
        os.kill(pid, 0)
        state = _PROC / str(pid) / "stat"
        return not _PROC.exists() or state.read_text().rpartition(")")[2].split()[0] not in "ZX"
    except PermissionError:
        return True
    except (OSError, ValueError, IndexError):
        return False


def processes_in(directory: Path, program: str) -> tuple[Process, ...]:
    """Live processes of a program that work in this directory (zombies have none)."""
    return tuple(_scan(directory, program)) if _PROC.exists() and directory.exists() else ()


def _scan(directory: Path, program: str) -> Iterator[Process]:
    here = directory.stat()
    for entry in _PROC.iterdir():
        if not entry.name.isdigit():
            continue
        try:
            there = (entry / "cwd").stat()
            if (there.st_dev, there.st_ino) != (here.st_dev, here.st_ino):
                continue
            executable = str((entry / "exe").readlink())
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (OSError, ValueError):
            continue
        # An executable that was replaced by an upgrade reads "/…/postgres (deleted)".
        if Path(executable.removesuffix(" (deleted)")).name == program:
            yield Process(int(entry.name), command)
