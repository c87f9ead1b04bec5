"""The server processes of a data directory, as the kernel knows them; a pid file proves nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Process:
    """A live process whose working directory is a data directory."""

    pid: int
    command: str


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
