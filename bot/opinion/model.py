"""The client of any endpoint that speaks OpenAI's chat completions (DeepSeek, Qwen, local ones)."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import aiohttp
from prometheus_client import Counter

from bot.opinion.budget import Budget
from desk.kernel.errors import AuthExpired, DeskError, Refused, Unavailable
from desk.shops.answers import Why

CALLS = Counter("zhanggui_opinion_calls_total", "Questions to the language model", ["about", "end"])

_MOST_TOKENS = 400
_RENEW = (HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.FORBIDDEN)
_LATER = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is; `url` ends before /chat/completions, `timeout` is in seconds."""

    url: str
    key: str
    model: str
    timeout: float


class LanguageModel:
    """Asks one question at a time and takes nothing but a JSON object for an answer."""

    def __init__(self, session: aiohttp.ClientSession, endpoint: Endpoint, budget: Budget) -> None:
        self._session, self._endpoint, self._budget = session, endpoint, budget

    async def ask(self, about: str, task: str, given: Mapping[str, object]) -> dict[str, Any]:
        """Ask for a JSON object; `task` is what to do, `given` the data it is done with.

        Raises:
            Unavailable: no budget, no answer in time, or one that cannot be read.
            AuthExpired: the key is refused or the account is empty.
            Refused: the endpoint does not take the question.
        """
        if not await self._budget.allows():
            CALLS.labels(about, "not_asked").inc()
            raise Unavailable("opinion_not_asked", "语言模型暂时不问")
        try:
            answer = await self._post(task, given)
        except DeskError as error:
            CALLS.labels(about, error.code).inc()
            self._budget.failed(Why.of(error))
            raise
        CALLS.labels(about, "answered").inc()
        self._budget.answered()
        return answer

    async def _post(self, task: str, given: Mapping[str, object]) -> dict[str, Any]:
        end = self._endpoint
        body = {
            "model": end.model,
            "messages": [
                {"role": "system", "content": task},
                {"role": "user", "content": json.dumps(given, ensure_ascii=False)},
            ],
            "response_format": {"type": "json_object"},
            "temperature": 0,
            "max_tokens": _MOST_TOKENS,
        }
        headers = {"Authorization": f"Bearer {end.key}"} if end.key else {}
        url = f"{end.url}/chat/completions"
        try:
            async with (
                asyncio.timeout(end.timeout),
                self._session.post(url, json=body, headers=headers) as answer,
            ):
                _check(answer.status)
                return _object(await answer.json(content_type=None))
        except (TimeoutError, aiohttp.ClientError, ValueError, LookupError, TypeError) as error:
            raise Unavailable("opinion_unavailable", "语言模型没有回答") from error


def _check(status: int) -> None:
    if status in _RENEW:
        raise AuthExpired("opinion_key", "语言模型的密钥无效或余额不足，请检查 LLM_API_KEY")
    if status in _LATER or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Unavailable("opinion_unavailable", "语言模型没有回答")
    if status >= HTTPStatus.BAD_REQUEST:
        raise Refused("opinion_refused", "语言模型不接受这个请求，请检查 LLM_MODEL")


def _object(data: Any) -> dict[str, Any]:  # noqa: ANN401  JSON has no narrower type
    """The JSON object that the first choice's message holds.

    Raises:
        ValueError, LookupError, TypeError: it is none.
    """
    content = json.loads(data["choices"][0]["message"]["content"])
    if not isinstance(content, dict):
        raise TypeError("the answer is no JSON object")
    return content
