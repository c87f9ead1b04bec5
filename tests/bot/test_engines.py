"""Embedded engines: shared while they run, and there again after anything was killed."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

import asyncpg
import pytest
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.engines import Urls, engines
from bot.engines.processes import Process, processes_in
from tests.conftest import EngineSettings

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def home() -> Iterator[Path]:
    """A DATA_DIR in which nothing has run yet, and nothing runs any more afterwards."""
    with TemporaryDirectory(prefix="zhanggui-engines-") as directory:
        yield Path(directory) / "data"
        _kill(_servers(Path(directory) / "data"))


async def test_both_engines_work_and_are_stopped_by_the_last_user(home: Path) -> None:
    async with engines(EngineSettings(home)) as urls:
        assert await _answer(urls, "SELECT 40 + 2") == 42
        async with Redis.from_url(urls.redis) as redis:
            await redis.set("greeting", "你好")
            assert await redis.get("greeting") == "你好".encode()
        assert _servers(home) != ()
    assert await _all_end(home)


async def test_every_committed_row_survives_the_death_of_everything(home: Path) -> None:
    async with _bursting(home) as child:
        last = await _numbers(child, 50)
        child.kill()
        _kill(_servers(home))
        last = await _rest(child, last)
    async with engines(EngineSettings(home)) as urls:
        assert await _answer(urls, "SELECT count(*) FROM written") >= last
        assert await _answer(urls, "SELECT max(n) FROM written") >= last


async def test_a_backend_that_outlives_its_postmaster_is_ended(home: Path) -> None:
    async with _bursting(home, "busy") as child:
        last = await _numbers(child, 20)
        child.kill()
        busy = [each for each in _servers(home) if each.command.startswith("postgres: postgres")]
        _kill(each for each in _servers(home) if each not in busy)
        last = await _rest(child, last)
    async with engines(EngineSettings(home)) as urls:
        assert await _answer(urls, "SELECT max(n) FROM written") >= last
        assert not {each.pid for each in busy} & {each.pid for each in _servers(home)}


async def test_two_processes_share_the_engines_and_the_first_to_leave_stops_nothing(
    home: Path,
) -> None:
    async with _bursting(home) as child:
        await _numbers(child, 1)
        before = _servers(home)
        async with engines(EngineSettings(home)) as urls:
            assert await _answer(urls, "SELECT max(n) FROM written") >= 1
        assert {each.pid for each in before} <= {each.pid for each in _servers(home)}
        await _numbers(child, 5)
        async with engines(EngineSettings(home)) as urls:
            child.terminate()
            await _rest(child, 0)
            assert await _answer(urls, "SELECT max(n) FROM written") >= 6
    assert await _all_end(home)


async def test_engines_whose_users_were_killed_are_used_again(home: Path) -> None:
    async with _bursting(home) as child:
        await _numbers(child, 1)
        child.kill()
        await _rest(child, 0)
        orphans = {each.pid for each in _servers(home)}
        async with engines(EngineSettings(home)) as urls:
            assert await _answer(urls, "SELECT max(n) FROM written") >= 1
            assert orphans & {each.pid for each in _servers(home)}
    assert await _all_end(home)


async def test_engines_that_are_killed_while_they_are_used_come_back(home: Path) -> None:
    async with engines(EngineSettings(home)) as urls:
        killed = _servers(home)
        _kill(killed)
        assert await _both_answer_again(urls)
        assert not {each.pid for each in killed} & {each.pid for each in _servers(home)}


async def test_a_pid_file_that_names_somebody_else_is_no_obstacle(home: Path) -> None:
    async with engines(EngineSettings(home)):
        left = (home / "pg" / "postmaster.pid").read_text().splitlines()
    left[0] = str(os.getpid())
    (home / "pg" / "postmaster.pid").write_text("\n".join(left) + "\n")
    (home / "sockets" / "redis").touch()
    async with engines(EngineSettings(home)) as urls:
        assert await _answer(urls, "SELECT 1") == 1


async def test_a_first_start_that_was_killed_half_way_is_begun_again(home: Path) -> None:
    half = home / "pg-new-killed"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    async with engines(EngineSettings(home)) as urls:
        assert await _answer(urls, "SELECT 1") == 1
    assert not half.exists()


async def test_a_long_and_odd_path_is_fine(home: Path) -> None:
    odd = home / "it's 掌柜's own" / ("x" * 100)
    async with engines(EngineSettings(odd)) as urls:
        assert await _answer(urls, "SELECT 1") == 1
        elsewhere = (odd / "sockets.elsewhere").read_text()
    rmtree(elsewhere)


async def test_other_peoples_engines_are_left_alone(home: Path) -> None:
    given = EngineSettings(home, "postgresql://db/zhanggui", "redis://cache/0")
    async with engines(given) as urls:
        assert urls == Urls("postgresql://db/zhanggui", "redis://cache/0")
    assert list(home.parent.iterdir()) == []


async def _answer(urls: Urls, query: str) -> int:
    connection = await asyncpg.connect(urls.database.replace("+asyncpg", ""))
    try:
        number: int = await connection.fetchval(query)
        return number
    finally:
        await connection.close()


async def _all_end(home: Path) -> bool:
    """Whether the servers end; one that no longer answers may take a moment to be gone."""
    for _ in range(100):
        if _servers(home) == ():
            return True
        await asyncio.sleep(0.1)
    return False


async def _both_answer_again(urls: Urls) -> bool:
    for _ in range(300):
        if await _both_answer(urls):
            return True
        await asyncio.sleep(0.1)
    return False


async def _both_answer(urls: Urls) -> bool:
    try:
        async with Redis.from_url(urls.redis) as redis:
            await redis.set("greeting", "你好")
        return await _answer(urls, "SELECT 1") == 1
    except (OSError, RedisError, asyncpg.PostgresError, asyncpg.InterfaceError):
        return False


@asynccontextmanager
async def _bursting(home: Path, *how: str) -> AsyncIterator[asyncio.subprocess.Process]:
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bot.bursting", str(home), *how),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield child
    finally:
        with suppress(ProcessLookupError):
            child.kill()
        await child.communicate()


async def _numbers(child: asyncio.subprocess.Process, count: int) -> int:
    assert child.stdout is not None
    return [int(await child.stdout.readline()) for _ in range(count)][-1]


async def _rest(child: asyncio.subprocess.Process, last: int) -> int:
    """Everything that it still told before it ended."""
    told, _ = await child.communicate()
    return max([last, *map(int, told.split())])


def _servers(home: Path) -> tuple[Process, ...]:
    return (
        *processes_in(home / "pg", "postgres"),
        *processes_in(home / "redis", "redis-server"),
    )


def _kill(servers: Iterator[Process] | tuple[Process, ...]) -> None:
    for server in servers:
        with suppress(ProcessLookupError):
            os.kill(server.pid, signal.SIGKILL)
