"""The client of the NLU process (Rasa's HTTP wire)."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import aiohttp

from bot.understanding.numbers import find_numbers
from desk.kernel.errors import Unavailable
from desk.turns import Understanding

_BY_FORM = ("order_id", "tracking_no", "phone", "phone_tail", "paid_amount", "ticket")


class NluClient:
    """Understands through `POST /model/parse`; `timeout` in seconds covers the whole call."""

    def __init__(self, session: aiohttp.ClientSession, url: str, timeout: float) -> None:
        self._session, self._url, self._timeout = session, url, timeout

    async def understand(self, text: str) -> Understanding:
        """Understand one message; numbers are read by their form, not by the model.

        Raises:
            Unavailable: no answer in time, or one that is not Rasa's.
        """
        try:
            async with (
                asyncio.timeout(self._timeout),
                self._session.post(f"{self._url}/model/parse", json={"text": text}) as answer,
            ):
                answer.raise_for_status()
                return _read(await answer.json(), text)
        except (TimeoutError, aiohttp.ClientError, KeyError, TypeError, ValueError) as error:
            raise Unavailable("nlu_unavailable", "我暂时没听明白") from error

    async def ready(self) -> bool:
        """Tell whether the process answers."""
        try:
            async with (
                asyncio.timeout(self._timeout),
                self._session.get(f"{self._url}/status") as a,
            ):
                return a.status == HTTPStatus.OK
        except (TimeoutError, aiohttp.ClientError):
            return False


def _read(data: Mapping[str, Any], text: str) -> Understanding:
    entities: defaultdict[str, list[str]] = defaultdict(list)
    for each in data["entities"]:
        if each["entity"] not in _BY_FORM:
            entities[each["entity"]].append(str(each["value"]))
    ranking = tuple((each["name"], float(each["confidence"])) for each in data["intent_ranking"])
    return Understanding(
        intent=data["intent"]["name"] or "out_of_scope",
        confidence=float(data["intent"]["confidence"]),
        source="nlu",
        entities={name: tuple(dict.fromkeys(values)) for name, values in entities.items()}
        | find_numbers(text),
        ranking=ranking,
    )
