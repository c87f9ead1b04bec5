"""An embedded Redis. What it holds may be lost, so that nothing of it is written to disk."""

import asyncio
from pathlib import Path
from urllib.parse import quote

from bot.engines.binaries import redis_server, run
from bot.engines.failing import EngineFailed, end_of
from bot.engines.processes import lives
from bot.engines.unprivileged import EngineUser

_PATIENCE = 10


class Redis:
    """The server of one data directory."""

    def __init__(self, home: Path, sockets: Path, user: EngineUser) -> None:
        self._home, self._socket, self._user = home, sockets / "redis", user

    async def ensure(self) -> str:
        """Have it running and give its URL."""
        if not await self._answers():
            await asyncio.to_thread(self._start)
            await self._wait(up=True)
        return f"unix://{quote(str(self._socket))}?db=0"

    def alive(self) -> bool:
        """Whether the server lives."""
        return lives(self._home / "redis.pid")

    async def stop(self) -> None:
        """Stop it."""
        if await self._answers():
            await self._say(b"SHUTDOWN NOSAVE\r\n")
            await self._wait(up=False)

    def _start(self) -> None:
        server = redis_server()
        self._user.reach(self._home)
        self._user.read(server.parent)
        self._user.own(self._home)
        options = {
            "port": "0",
            "unixsocket": str(self._socket),
            "unixsocketperm": "700",
            "dir": str(self._home),
            "pidfile": str(self._home / "redis.pid"),
            "logfile": str(self._home / "redis.log"),
            "loglevel": "warning",
            "save": "",
            "appendonly": "no",
            "maxmemory": "128mb",
            "maxmemory-policy": "allkeys-lru",
            "daemonize": "yes",
        }
        given = [part for name, value in options.items() for part in (f"--{name}", value)]
        run([str(server), *given], self._user, _PATIENCE)

    async def _answers(self) -> bool:
        try:
            return await self._say(b"PING\r\n") == b"+PONG\r\n"
        except (OSError, TimeoutError):
            return False

    async def _say(self, command: bytes) -> bytes:
        async with asyncio.timeout(2):
            reader, writer = await asyncio.open_unix_connection(str(self._socket))
            try:
                writer.write(command)
                await writer.drain()
                return await reader.readline()
            finally:
                writer.close()

    async def _wait(self, *, up: bool) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + _PATIENCE
        while await self._answers() is not up:
            if loop.time() > until:
                raise EngineFailed("redis", end_of(self._home / "redis.log"))
            await asyncio.sleep(0.02)
