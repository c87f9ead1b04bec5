"""An embedded PostgreSQL: started, found running, or picked up after whatever killed it."""

import asyncio
import os
import shutil
import signal
from collections.abc import Iterator, Mapping
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import urlencode

import asyncpg
import structlog

from bot.engines.binaries import postgres_installation, run
from bot.engines.failing import EngineFailed, end_of
from bot.engines.processes import Process, lives, processes_in
from bot.engines.unprivileged import EngineUser

log = structlog.get_logger()
DATABASE = "zhanggui"
_SUPERUSER = "postgres"
_PATIENCE = 120
"""Seconds for recovery, or for a shutdown that is under way."""
_ORPHANS_LEAVE = 1.0
_ORPHANS_LISTEN = 5.0


class _Answer(Enum):
    READY = auto()
    NOT_YET = auto()
    NONE = auto()


class Postgres:
    """The server of one data directory."""

    def __init__(
        self,
        data: Path,
        sockets: Path,
        user: EngineUser,
        extra: Mapping[str, str] | None = None,
    ) -> None:
        self._data, self._sockets, self._user = data, sockets, user
        self._extra = dict(extra or {})
        self._bin, self._major = postgres_installation(data)

    async def ensure(self) -> str:
        """Have it running, whatever was before, and give the URL of its database."""
        if await self._answer() is not _Answer.READY:
            await asyncio.to_thread(self._prepare)
            await self._bring_up()
        try:
            await self._create_database()
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            raise EngineFailed("postgres", f"it went away again: {error}") from error
        query = urlencode({"host": str(self._sockets)})
        return f"postgresql+asyncpg://{_SUPERUSER}@/{DATABASE}?{query}"

    def alive(self) -> bool:
        """Whether the postmaster lives."""
        return lives(self._data / "postmaster.pid")

    async def stop(self) -> None:
        """Stop it; sessions that are still open are ended."""
        if (self._data / "postmaster.pid").exists():
            command = [*self._pg_ctl(), "stop", "-w", "-m", "fast", "-t", str(_PATIENCE)]
            await asyncio.to_thread(run, command, self._user, _PATIENCE + 5)

    def _prepare(self) -> None:
        self._user.reach(self._data)
        self._user.reach(self._sockets)
        self._user.read(self._bin.parent)
        if not (self._data / "PG_VERSION").exists():
            self._initialise()
        self._user.own_all(self._data)
        self._user.own(self._data)
        self._configure()

    def _initialise(self) -> None:
        """Make the cluster beside its place and move it there whole, so that no kill halves it."""
        for broken in self._data.parent.glob("pg-new-*"):
            shutil.rmtree(broken)
        fresh = Path(mkdtemp(prefix="pg-new-", dir=self._data.parent))
        self._user.own(fresh)
        initdb = [str(self._bin / "initdb"), "-D", str(fresh), "-U", _SUPERUSER]
        plain = ["--encoding=UTF8", "--no-locale", "--auth-local=trust", "--auth-host=reject"]
        run([*initdb, *plain], self._user, _PATIENCE)
        fresh.rename(self._data)

    def _configure(self) -> None:
        settings = "".join(
            f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n"
            for name, value in self._settings()
        )
        fresh = self._data / "postgresql.conf.new"
        fresh.write_text(f"# Written at every start.\n{settings}")
        if self._user.other:
            os.chown(fresh, self._user.uid, self._user.gid)
        fresh.rename(self._data / "postgresql.conf")

    def _settings(self) -> Iterator[tuple[str, str]]:
        yield from {
            "listen_addresses": "",
            "unix_socket_directories": str(self._sockets),
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "shared_buffers": "64MB",
            "synchronous_commit": "on",
            "jit": "off",
            "max_parallel_workers_per_gather": "0",
            "max_wal_size": "512MB",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "logging_collector": "on",
            "log_filename": "postgresql-%a.log",
            "log_rotation_age": "1d",
            "log_rotation_size": "0",
            "log_truncate_on_rotation": "on",
            # The details of an error hold values, and these are people's.
            "log_error_verbosity": "terse",
        }.items()
        if self._major >= 18:
            yield "io_method", "sync"
        yield from self._extra.items()

    async def _bring_up(self) -> None:
        """Wait for a server that lives, help orphans to leave, start when nobody is there."""
        loop = asyncio.get_running_loop()
        began, tries = loop.time(), 0
        while loop.time() < began + _PATIENCE:
            answer = await self._answer()
            if answer is _Answer.READY:
                return
            alive = processes_in(self._data, "postgres")
            if alive:
                _usher(alive, loop.time() - began)
                await asyncio.sleep(0.1)
            elif answer is _Answer.NOT_YET:
                await asyncio.sleep(0.1)
            else:
                tries += 1
                await self._start(tries)
        raise EngineFailed("postgres", f"it neither answers nor ends: {self._log_end()}")

    async def _start(self, tries: int) -> None:
        self._forget_the_dead()
        command = [*self._pg_ctl(), "-l", str(self._data / "start.log"), "-w", "-t", "60", "start"]
        try:
            await asyncio.to_thread(run, command, self._user, 70)
        except EngineFailed as error:
            log.warning("engines.postgres_start_failed", tries=tries)
            if tries >= 3:
                raise EngineFailed("postgres", f"{error.why} {self._log_end()}") from error
            await asyncio.sleep(1)

    def _forget_the_dead(self) -> None:
        """Remove pid files; called when no process works in the data directory any more.

        PostgreSQL asks only whether the pid in them lives, and by now it may be a zombie that
        nobody buries, or another program.
        """
        (self._data / "postmaster.pid").unlink(missing_ok=True)
        for left in self._sockets.glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)

    async def _answer(self) -> _Answer:
        try:
            connection = await self._connect("postgres")
        except asyncpg.CannotConnectNowError:
            return _Answer.NOT_YET
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return _Answer.NONE
        await connection.close()
        return _Answer.READY

    async def _create_database(self) -> None:
        connection = await self._connect("postgres")
        try:
            if not await connection.fetchval(
                "SELECT 1 FROM pg_database WHERE datname = $1", DATABASE
            ):
                with suppress(asyncpg.DuplicateDatabaseError):
                    await connection.execute(f"CREATE DATABASE {DATABASE}")
        finally:
            await connection.close()

    async def _connect(self, database: str) -> asyncpg.Connection:
        return await asyncpg.connect(
            host=str(self._sockets), user=_SUPERUSER, database=database, timeout=5
        )

    def _pg_ctl(self) -> list[str]:
        return [str(self._bin / "pg_ctl"), "-s", "-D", str(self._data)]

    def _log_end(self) -> str:
        return end_of(self._data / "start.log")


def _usher(alive: tuple[Process, ...], waited: float) -> None:
    """End backends whose postmaster is dead. While a postmaster lives, nobody is touched.

    Backends notice the death themselves, but not while they are busy; until they are gone,
    nobody can start ("pre-existing shared memory block is still in use").
    """
    if waited < _ORPHANS_LEAVE or not all(each.command.startswith("postgres: ") for each in alive):
        return
    how = signal.SIGQUIT if waited < _ORPHANS_LISTEN else signal.SIGKILL
    for orphan in alive:
        with suppress(ProcessLookupError):
            os.kill(orphan.pid, how)
