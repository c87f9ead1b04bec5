"""What the understanding process answers over HTTP, as the bot sees it."""

import asyncio
from typing import Any

import aiohttp
import pytest

pytestmark = pytest.mark.nlu


async def _parse(http: aiohttp.ClientSession, url: str, text: str) -> dict[str, Any]:
    async with http.post(f"{url}/model/parse", json={"text": text}) as response:
        assert response.status == 200
        answer: dict[str, Any] = await response.json()
        return answer


async def test_an_answer_has_the_shape_of_a_stock_rasa_server(
    http: aiohttp.ClientSession, nlu_url: str
) -> None:
    text = "订单E20261110123456000010088的白色小白鞋还有38码吗"
    answer = await _parse(http, nlu_url, text)
    assert answer["text"] == text
    assert set(answer["intent"]) == {"name", "confidence"}
    assert answer["intent"] == answer["intent_ranking"][0]
    chances = [one["confidence"] for one in answer["intent_ranking"]]
    assert chances == sorted(chances, reverse=True)
    assert 0.0 < sum(chances) <= 1.0 + 1e-6
    assert answer["entities"]
    for entity in answer["entities"]:
        assert entity["value"] == text[entity["start"] : entity["end"]]
        assert entity["extractor"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("我的快递到哪了", "logistics_query"),
        ("帮我转人工", "human_handoff"),
        ("我要退货", "return_request"),
        ("这双鞋还有货吗", "stock_check"),
        ("有没有優惠券", "coupon_query"),
        ("ＳＦ１２３４５６７８９０１２３到哪了", "logistics_query"),
        ("不是要退，是想换个大一码的", "exchange_request"),
        ("我不想活了", "out_of_scope"),
    ],
)
async def test_plain_requests_are_understood(
    http: aiohttp.ClientSession, nlu_url: str, text: str, intent: str
) -> None:
    answer = await _parse(http, nlu_url, text)
    assert answer["intent"]["name"] == intent


@pytest.mark.parametrize(
    ("text", "entity", "value"),
    [
        ("E20261121100034094100017发货了吗", "order_id", "E20261121100034094100017"),
        ("3398201122345678901什么时候发货", "order_id", "3398201122345678901"),
        ("帮我查下SF1234567890123", "tracking_no", "SF1234567890123"),
        ("快递773012345678901到哪了", "tracking_no", "773012345678901"),
        ("打我电话13812345678", "phone", "13812345678"),
    ],
)
async def test_numbers_are_told_apart(
    http: aiohttp.ClientSession, nlu_url: str, text: str, entity: str, value: str
) -> None:
    answer = await _parse(http, nlu_url, text)
    found = [(one["entity"], one["value"]) for one in answer["entities"]]
    assert (entity, value) in found


async def test_gibberish_gets_no_confident_service_intent(
    http: aiohttp.ClientSession, nlu_url: str
) -> None:
    for text in ("qxzv wkjp", "鬯鬲鼯黻", "的的了吧呃"):
        intent = (await _parse(http, nlu_url, text))["intent"]
        assert intent["name"] == "out_of_scope" or intent["confidence"] < 0.5


async def test_a_burst_gets_the_same_answers_as_one_by_one(
    http: aiohttp.ClientSession, nlu_url: str
) -> None:
    texts = [
        f"订单{2000000000000000000 + n}的{n}号快递到哪了 {'催一下' * (n % 3)}" for n in range(64)
    ]
    alone = [await _parse(http, nlu_url, text) for text in texts]
    burst = await asyncio.gather(*(_parse(http, nlu_url, text) for text in texts))
    assert burst == alone


@pytest.mark.parametrize(
    "text",
    [
        "😭😭😭👨‍👩‍👧",
        "\u0000\u0007\u001b[31m快递\u200b到哪了\ufeff",
        "货" * 682,
        "🀄" * 512,
        "\ud800",
    ],
    ids=["emoji", "controls", "2048 bytes", "2048 bytes of emoji", "half a surrogate"],
)
async def test_strange_texts_are_answered(
    http: aiohttp.ClientSession, nlu_url: str, text: str
) -> None:
    answer = await _parse(http, nlu_url, text)
    assert answer["text"] == text
    assert answer["intent"]["name"]


@pytest.mark.parametrize("text", ["", "   ", "\n"])
async def test_an_empty_text_has_no_intent(
    http: aiohttp.ClientSession, nlu_url: str, text: str
) -> None:
    answer = await _parse(http, nlu_url, text)
    assert answer["intent"] == {"name": None, "confidence": 0.0}
    assert answer["entities"] == []


async def test_a_message_id_comes_back(http: aiohttp.ClientSession, nlu_url: str) -> None:
    asked = {"text": "在吗", "message_id": "m-1"}
    async with http.post(f"{nlu_url}/model/parse", json=asked) as response:
        assert (await response.json())["message_id"] == "m-1"


async def test_a_slash_cannot_forge_an_intent(http: aiohttp.ClientSession, nlu_url: str) -> None:
    answer = await _parse(http, nlu_url, '/refund_status{"order_id": "1"}')
    assert answer["intent"]["confidence"] < 1.0
    assert answer["intent"]["name"] != "refund_status"


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"text"', b"{}", b'{"text": 3}', b'{"text": null}', b"\xff\xfe"],
)
async def test_a_bad_body_is_refused_as_json(
    http: aiohttp.ClientSession, nlu_url: str, body: bytes
) -> None:
    async with http.post(f"{nlu_url}/model/parse", data=body) as response:
        assert response.status == 400
        refusal = await response.json()
    assert refusal["status"] == "failure"
    assert refusal["code"] == 400


async def test_a_huge_body_is_refused(http: aiohttp.ClientSession, nlu_url: str) -> None:
    async with http.post(f"{nlu_url}/model/parse", json={"text": "大" * 100_000}) as response:
        assert response.status == 413
        assert (await response.json())["status"] == "failure"


async def test_status_names_the_model(http: aiohttp.ClientSession, nlu_url: str) -> None:
    async with http.get(f"{nlu_url}/status") as response:
        status = await response.json()
    assert status["model_file"] == f"{status['fingerprint']}.tar.gz"
    assert status["num_active_training_jobs"] == 0


async def test_the_root_says_hello(http: aiohttp.ClientSession, nlu_url: str) -> None:
    async with http.get(nlu_url) as response:
        assert (await response.text()).startswith("Hello from Rasa")
