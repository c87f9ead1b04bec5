"""PostgreSQL and Redis out of Python wheels, for machines where nobody has installed them."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import NamedTuple, Protocol

from bot.engines.postgres import Postgres
from bot.engines.redis import Redis
from bot.engines.sharing import shared
from bot.engines.sockets import socket_directory
from bot.engines.unprivileged import engine_user


class Wants(Protocol):
    """The settings that tell which engines are wanted."""

    @property
    def data_dir(self) -> Path: ...
    @property
    def database_url(self) -> str: ...
    @property
    def redis_url(self) -> str: ...


class Urls(NamedTuple):
    """Where the engines are."""

    database: str
    redis: str


@asynccontextmanager
async def engines(settings: Wants) -> AsyncIterator[Urls]:
    """Give the URLs of PostgreSQL and Redis; where a setting is empty, run one under DATA_DIR.

    Processes with the same DATA_DIR share the engines, and the last one to leave stops them.
    What a killed process, a killed engine or a killed machine left behind is put in order.

    Raises:
        EngineFailed: an engine does not start.
    """
    async with AsyncExitStack() as running:
        database, redis = settings.database_url, settings.redis_url
        if not (database and redis):
            home = _home(settings.data_dir)
            user = engine_user(home / "pg")
            sockets = socket_directory(home, user)
            if not database:
                postgres = Postgres(home / "pg", sockets, user)
                database = await running.enter_async_context(shared(home, "pg", postgres))
            if not redis:
                server = Redis(home / "redis", sockets, user)
                redis = await running.enter_async_context(shared(home, "redis", server))
        yield Urls(database, redis)


def _home(data_dir: Path) -> Path:
    home = data_dir.expanduser().resolve()
    home.mkdir(parents=True, exist_ok=True)
    return home
