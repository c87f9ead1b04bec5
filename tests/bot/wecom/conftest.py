"""What tests of WeCom's wire format share."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.bot.wecom.scripted_wecom import Outfit, ScriptedWeCom, outfit, scripted_wecom


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


@pytest.fixture
async def wecom() -> AsyncIterator[ScriptedWeCom]:
    async with scripted_wecom() as scripted:
        yield scripted


@pytest.fixture
def kit(session: aiohttp.ClientSession, wecom: ScriptedWeCom) -> Outfit:
    return outfit(session, wecom.base)
