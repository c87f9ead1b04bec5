"""Several processes share an engine: the first starts it, the last stops it, a kill is no leave."""

import asyncio
import fcntl
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

import structlog

from bot.engines.failing import EngineFailed

log = structlog.get_logger()
_PATIENCE = 180
"""Seconds to wait for another process that starts or stops the engine (recovery may be long)."""

_LOOK_EVERY = 1.0


class Engine(Protocol):
    """A server that can be found running, or be started."""

    async def ensure(self) -> str:
        """Have it running and give its URL; called by one process at a time."""

    def alive(self) -> bool:
        """Whether its process lives; cheap, asked again and again."""

    async def stop(self) -> None:
        """Stop it cleanly; nobody uses it any more."""


@asynccontextmanager
async def shared(home: Path, name: str, engine: Engine) -> AsyncIterator[str]:
    """Use an engine together with other processes.

    Users hold a shared lock on a file. The kernel drops it when a process dies in any way, so
    that nobody has to be believed alive.
    """
    async with _alone(home / f"{name}.lock", name):
        url = await engine.ensure()
        users = _open(home / f"{name}.users")
        fcntl.flock(users, fcntl.LOCK_SH)
    keeping = asyncio.create_task(_keep(home, name, engine))
    try:
        yield url
    finally:
        keeping.cancel()
        await asyncio.wait([keeping])
        async with _alone(home / f"{name}.lock", name):
            if _last(users):
                await engine.stop()
            os.close(users)


async def _keep(home: Path, name: str, engine: Engine) -> None:
    """Start the engine again when something kills it while it is used."""
    while True:
        await asyncio.sleep(_LOOK_EVERY)
        if engine.alive():
            continue
        log.error("engines.died", engine=name)
        try:
            async with _alone(home / f"{name}.lock", name):
                await engine.ensure()
        except EngineFailed as error:
            log.exception("engines.not_restarted", engine=name, why=error.why)


def _last(users: int) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@asynccontextmanager
async def _alone(path: Path, name: str) -> AsyncIterator[None]:
    handle = _open(path)
    try:
        await _locked(handle, name)
        yield
    finally:
        os.close(handle)


async def _locked(handle: int, name: str) -> None:
    try:
        async with asyncio.timeout(_PATIENCE):
            while True:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    await asyncio.sleep(0.05)
                else:
                    return
    except TimeoutError as error:
        raise EngineFailed(name, "another process keeps starting or stopping it") from error


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
