"""A double of an OpenAI-compatible chat endpoint: strict about requests, scripted in its answers.

It understands nothing: the control API tells what it answers to which words, and how it fails.
"""

import asyncio
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from aiohttp import web

from sandbox.jsontext import JsonObject, answer, is_object

KEY = "sk-sandbox-5f1c09d27ab34e"
MODEL = "sandbox-chat"
_KNOWN = frozenset(
    ("model", "messages", "response_format", "temperature", "max_tokens", "top_p", "stream", "user")
)
_ROLES = frozenset(("system", "user", "assistant"))
_MOST_TOKENS = 8192


@dataclass
class ChatModel:
    """What it answers: the first line of the script whose words the last message holds."""

    script: list[tuple[str, str]] = field(default_factory=list)
    status: int = 0
    delay_ms: int = 0
    heard: list[JsonObject] = field(default_factory=list)

    def routes(self) -> list[web.RouteDef]:
        """The endpoint, and how tests tell it what to do."""
        return [
            web.post("/model/v1/chat/completions", self._complete),
            web.post("/sandbox/model", self._told),
            web.get("/sandbox/model", self._shown),
        ]

    async def _complete(self, request: web.Request) -> web.Response:
        if self.delay_ms:
            await asyncio.sleep(self.delay_ms / 1000)
        if self.status:
            return _error(self.status, "the sandbox was told to fail")
        given = request.headers.get("Authorization", "")
        if not hmac.compare_digest(given, f"Bearer {KEY}"):
            return _error(HTTPStatus.UNAUTHORIZED, "Incorrect API key provided")
        try:
            body: object = json.loads(await request.read())
        except ValueError:
            return _error(HTTPStatus.BAD_REQUEST, "the body is not JSON")
        if wrong := _wrong(body):
            return _error(HTTPStatus.BAD_REQUEST, wrong)
        assert is_object(body)
        self.heard.append(body)
        return answer(self._completion(body))

    def _completion(self, body: JsonObject) -> JsonObject:
        messages = body["messages"]
        assert isinstance(messages, list)
        last = str(messages[-1]["content"])
        content = next((said for words, said in self.script if words in last), "{}")
        return {
            "id": f"chatcmpl-{len(self.heard):08d}",
            "object": "chat.completion",
            "model": MODEL,
            "choices": [
                {
                    "index": 0,
                    "message": {"role": "assistant", "content": content},
                    "finish_reason": "stop",
                }
            ],
            "usage": {"prompt_tokens": len(last), "completion_tokens": len(content)},
        }

    async def _told(self, request: web.Request) -> web.Response:
        told = await request.json()
        if "script" in told:
            self.script = [(str(each["words"]), str(each["says"])) for each in told["script"]]
        self.status = int(told.get("status", self.status))
        self.delay_ms = int(told.get("delay_ms", self.delay_ms))
        return answer({})

    async def _shown(self, _request: web.Request) -> web.Response:
        return answer({"heard": list(self.heard)})


def _wrong(body: object) -> str:
    """What is wrong with a request, "" where nothing is."""
    if not is_object(body):
        return "the body is not an object"
    if unknown := set(body) - _KNOWN:
        return f"Unrecognized request argument supplied: {', '.join(sorted(unknown))}"
    if body.get("model") != MODEL:
        return f"The model `{body.get('model')}` does not exist"
    return _wrong_messages(body.get("messages")) or _wrong_numbers(body) or _wrong_format(body)


def _wrong_messages(messages: object) -> str:
    if not isinstance(messages, list) or not messages:
        return "messages must be a list with at least one message"
    for each in messages:
        if not is_object(each) or each.get("role") not in _ROLES:
            return "each message needs a role of system, user, assistant"
        if not isinstance(each.get("content"), str):
            return "each message needs a text as content"
    return ""


def _wrong_numbers(body: Mapping[str, object]) -> str:
    temperature, most = body.get("temperature", 1), body.get("max_tokens", 1)
    if not isinstance(temperature, int | float) or not 0 <= temperature <= 2:
        return "temperature must be between 0 and 2"
    if not isinstance(most, int) or not 0 < most <= _MOST_TOKENS:
        return f"max_tokens must be between 1 and {_MOST_TOKENS}"
    return ""


def _wrong_format(body: Mapping[str, object]) -> str:
    wanted = body.get("response_format")
    if wanted is None:
        return ""
    if not is_object(wanted) or wanted.get("type") not in ("text", "json_object"):
        return "response_format.type must be text or json_object"
    said = json.dumps(body["messages"], ensure_ascii=False)
    if wanted["type"] == "json_object" and "json" not in said.lower():
        return "'messages' must contain the word 'json' in some form to use json_object"
    return ""


def _error(status: int, message: str) -> web.Response:
    return answer({"error": {"message": message, "type": "invalid_request_error"}}, status=status)
