"""A language model is asked when nobody else understands, and cannot do harm when it fails."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.stories.world import World, post
from tools.local import House, Ports, free_port

# The key and name that the sandbox's double of a model endpoint takes.
MODEL = {"LLM_KEY": "sk-sandbox-5f1c09d27ab34e", "LLM_MODEL": "sandbox-chat"}


@pytest.fixture
async def with_model(tmp_path: Path) -> AsyncIterator[World]:
    """A house without the NLU, where the model is the only one who understands odd words."""
    ports = Ports(free_port(), free_port(), free_port())
    url = f"http://127.0.0.1:{ports.sandbox}/model/v1"
    house = House(ports, tmp_path / "house", {**MODEL, "LLM_URL": url})
    try:
        await house.start("sandbox")
        await house.start("bot")
        async with aiohttp.ClientSession(house.sandbox_url) as control:
            yield World(house, control)
    finally:
        await house.stop()


async def test_odd_words_are_understood_by_the_second_and_by_a_person_without_it(
    with_model: World,
) -> None:
    says = '{"intent": "stock_check", "entities": {"product": "学步鞋"}}'
    script = [{"words": "学步鞋整一双中不", "says": says}]
    await post(with_model.control, "/sandbox/model", {"script": script})
    customer = await with_model.customer()
    await customer.asks("学步鞋整一双中不", "天猫旗舰店")
    await post(with_model.control, "/sandbox/model", {"status": 500})
    other = await with_model.customer()
    await other.asks("学步鞋整两双中不", "同事")


async def test_the_models_word_alone_moves_no_money(with_model: World) -> None:
    script = [{"words": "整走", "says": '{"intent": "order_cancel", "entities": {}}'}]
    await post(with_model.control, "/sandbox/model", {"script": script})
    customer = await with_model.customer()
    said = await customer.asks("那单给俺整走", "同事")
    assert "取消" not in said
