"""Shops' tokens survive the process, sealed, and one process at a time renews them."""

import asyncio
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.shop_tokens import KEY_FILE, SealedTokens, data_key
from desk.kernel.errors import Unavailable
from desk.store.database import Database
from integrations.tokens import Token, TokenKeeper
from tests.clocks import FrozenClock


async def test_a_token_is_read_back_by_another_process(
    library: Database, clock: FrozenClock
) -> None:
    token = Token("secret-token", clock.now() + timedelta(days=7))
    await SealedTokens(library, clock, b"k").put("douyin:1", token)

    assert await SealedTokens(library, clock, b"k").get("douyin:1") == token
    assert await SealedTokens(library, clock, b"k").get("douyin:2") is None


async def test_the_database_holds_no_token_in_plain(library: Database, clock: FrozenClock) -> None:
    await SealedTokens(library, clock, b"k").put("douyin:1", Token("secret-token", None))

    async with library.reading() as connection:
        found = (await connection.execute(text("SELECT * FROM shop_tokens"))).one()
    assert "secret-token" not in str(tuple(found))


async def test_a_token_under_another_key_counts_as_none(
    library: Database, clock: FrozenClock
) -> None:
    await SealedTokens(library, clock, b"k").put("douyin:1", Token("secret-token", None))

    assert await SealedTokens(library, clock, b"other").get("douyin:1") is None


async def test_a_token_that_the_database_did_not_take_is_not_lost(
    library: Database, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokens = SealedTokens(library, clock, b"k")
    await tokens.put("jd:1:refresh", Token("spent", None))
    with monkeypatch.context() as away:
        away.setattr(library, "tokens", Database("postgresql://127.0.0.1:1/nobody").tokens)
        with pytest.raises(Unavailable):
            await tokens.put("jd:1:refresh", Token("given-once", None))
        with pytest.raises(Unavailable):
            await tokens.get("jd:1:refresh")

    assert await tokens.get("jd:1:refresh") == Token("given-once", None)
    assert await SealedTokens(library, clock, b"k").get("jd:1:refresh") == Token("given-once", None)


async def test_of_two_processes_one_renews_and_the_other_takes_what_it_got(
    library: Database, clock: FrozenClock
) -> None:
    fetched: list[str] = []

    async def fetch(spent: str | None) -> Token:
        await asyncio.sleep(0.05)
        fetched.append(f"t{len(fetched) + 1}")
        return Token(fetched[-1], clock.now() + timedelta(days=7))

    keepers = [
        TokenKeeper("douyin:1", fetch, SealedTokens(library, clock, b"k"), clock) for _ in range(4)
    ]
    got = await asyncio.gather(*(keeper.get() for keeper in keepers))

    assert fetched == ["t1"]
    assert set(got) == {"t1"}


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    first, again = data_key("", tmp_path), data_key("", tmp_path)

    assert first == again
    assert len(first) == 64
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert data_key("given", tmp_path) == b"given"
