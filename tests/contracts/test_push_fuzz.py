"""Whatever is pushed by whomever is believed, forged or unreadable; nothing else ever happens."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import fields, replace
from urllib.parse import urlencode

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.carrier_push import carrier_push_routes
from bot.server import build_app
from bot.shop_push import push_routes
from desk.shops.events import ForgedPush, ShopEvent
from desk.shops.tracking import ParcelPush, push_as_event
from integrations import catalog
from integrations.carriers import catalog as carriers
from integrations.platform import PushRequest, ShopEntry
from integrations.wild import Unreadable
from tests.clocks import FrozenClock
from tests.contracts.pushers import ALL, NOW, Pusher

_EACH = pytest.mark.parametrize("pusher", ALL, ids=lambda pusher: pusher.name)

_ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
"""Halves of letters are texts to HTTP libraries, which read bytes that are no UTF-8 so."""
_VALUES = st.sampled_from(["", "\udc80", "é", "签名", "0", "=" * 44]) | _ANY_TEXT
_ODD: st.SearchStrategy[object] = st.sampled_from(
    ["\0", "a\0b", "\udc80", "", 2**63, -1, 1e300, "9" * 5000, True, None, [], {}]
)
_QUERIES = ("timestamp", "nonce", "signature", "msg_signature", "echostr", "number", "sign")
_REQUESTS = st.builds(
    PushRequest,
    st.sampled_from(["GET", "POST", "PUT", "BREW"]),
    st.dictionaries(st.sampled_from(_QUERIES) | _ANY_TEXT, _VALUES, max_size=6),
    st.dictionaries(_ANY_TEXT, _VALUES, max_size=4),
    st.binary(max_size=200) | _ANY_TEXT.map(lambda text: text.encode(errors="surrogatepass")),
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_ANY_TEXT, inner, max_size=4),
    max_leaves=8,
)
_ANSWERED_WITHIN = 10
_ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-32", "utf-8-sig", "gb18030"])


def _paths(value: object) -> list[tuple[str | int, ...]]:
    pairs: Sequence[tuple[str | int, object]] = ()
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    return [(), *((key, *rest) for key, inside in pairs for rest in _paths(inside))]


def _changed(value: object, path: tuple[str | int, ...], new: object) -> object:
    if not path:
        return new
    copied = json.loads(json.dumps(value))
    place = copied
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = new
    return copied


@st.composite
def _mutated(draw: st.DrawFn, pusher: Pusher) -> bytes:
    """A documented message, perhaps with a part replaced or a byte broken, in any encoding."""
    said = draw(st.sampled_from(pusher.said))
    if draw(st.booleans()):
        said = _changed(said, draw(st.sampled_from(_paths(said))), draw(_ODD | _JSON))
    text = json.dumps(said, ensure_ascii=draw(st.booleans()))
    body = bytearray(text.encode(draw(_ENCODINGS), errors="replace"))
    if draw(st.integers(0, 3)) == 0:
        body[draw(st.integers(0, len(body) - 1))] = draw(st.integers(0, 255))
    return bytes(body)


@st.composite
def _signed(draw: st.DrawFn, pusher: Pusher) -> PushRequest:
    """Such a message with the right signature; headers that it does not cover say anything."""
    honest = pusher.sign(draw(_mutated(pusher)))
    changed = {name: draw(_VALUES) for name in pusher.uncovered if draw(st.booleans())}
    return replace(honest, headers={**honest.headers, **changed})


def _keepable(told: Sequence[object]) -> None:
    """What is believed goes into a database, which takes neither NUL nor halves of letters."""
    for each in told:
        assert isinstance(each, ShopEvent | ParcelPush)
        event = push_as_event(each) if isinstance(each, ParcelPush) else each
        for part in fields(event):
            value = getattr(event, part.name)
            if isinstance(value, str):
                value.encode()
                assert "\0" not in value, part.name
        assert -(2**63) <= event.version < 2**63


def test_everybody_who_pushes_is_tried() -> None:
    shops = {each.name for each in catalog.ALL if each.receive is not None}

    assert {pusher.name for pusher in ALL} == shops | {each.name for each in carriers.ALL}


@_EACH
def test_what_is_documented_is_believed(pusher: Pusher) -> None:
    for said in pusher.said:
        told = pusher.take(pusher.sign(json.dumps(said).encode()))

        assert len(told) == 1


@st.composite
def _unsigned(draw: st.DrawFn, pusher: Pusher) -> PushRequest:
    """Anything, or an honest message, with other values where its signature stands."""
    request = draw(_REQUESTS)
    honest = pusher.sign(json.dumps(draw(st.sampled_from(pusher.said))).encode())
    headers = {name: draw(_VALUES) for name in honest.headers if draw(st.integers(0, 3))}
    body = draw(st.sampled_from([request.body, b'{"Encrypt": "\\udc80"}', b"{}", b"[]"]))
    return replace(request, headers={**request.headers, **headers}, body=body)


@_EACH
@given(data=st.data())
def test_nothing_unsigned_is_believed(pusher: Pusher, data: st.DataObject) -> None:
    try:
        told = pusher.take(data.draw(_unsigned(pusher)))
    except ForgedPush:
        return
    assert told == ()


@_EACH
@given(data=st.data())
def test_a_signed_push_on_which_a_letter_was_changed_is_forged(
    pusher: Pusher, data: st.DataObject
) -> None:
    honest = pusher.sign(json.dumps(data.draw(st.sampled_from(pusher.said))).encode())
    at, other = data.draw(st.integers(0, len(honest.body) - 1)), data.draw(st.integers(0, 255))
    body = honest.body[:at] + bytes([other]) + honest.body[at + 1 :]

    try:
        told = pusher.take(replace(honest, body=body))
    except (ForgedPush, Unreadable):
        return
    assert told == pusher.take(honest)


@_EACH
@given(data=st.data())
def test_a_signed_push_with_any_part_replaced_is_believed_or_unreadable(
    pusher: Pusher, data: st.DataObject
) -> None:
    request = data.draw(_signed(pusher))
    try:
        told = pusher.take(request)
    except (ForgedPush, Unreadable):
        return
    _keepable(told)


@_EACH
@given(body=st.binary(max_size=120))
def test_signed_bytes_that_are_no_message_are_unreadable(pusher: Pusher, body: bytes) -> None:
    try:
        _keepable(pusher.take(pusher.sign(body)))
    except (ForgedPush, Unreadable):
        return


async def _keep(events: Sequence[ShopEvent]) -> None:
    _keepable(events)


async def _keep_parcels(pushes: Sequence[ParcelPush]) -> None:
    _keepable(pushes)


@_EACH
@settings(max_examples=30, deadline=None)
@given(data=st.data())
async def test_the_door_answers_whatever_comes_and_never_breaks(
    pusher: Pusher, data: st.DataObject
) -> None:
    requests = [data.draw(_signed(pusher)), data.draw(_unsigned(pusher))]
    async with TestServer(build_app(_routes(pusher)), host="127.0.0.1") as door:
        assert door.port is not None
        for request in requests:
            assert await _answered(door.port, pusher.path, request) in {200, 400, 403, 405}


def _routes(pusher: Pusher) -> list[web.RouteDef]:
    if isinstance(pusher.entry, ShopEntry):
        return push_routes((pusher.entry,), _keep)
    return carrier_push_routes((pusher.entry,), _keep_parcels, FrozenClock(NOW))


async def _answered(port: int, path: str, request: PushRequest) -> int:
    """Send it over a socket, as clients of HTTP are too tidy; the status that came back."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(_on_the_wire(path, request))
        async with asyncio.timeout(_ANSWERED_WITHIN):
            line = await reader.readline()
        return int(line.split()[1])
    finally:
        writer.close()
        await writer.wait_closed()


def _on_the_wire(path: str, request: PushRequest) -> bytes:
    query = urlencode(request.query, errors="surrogatepass")
    lines = [
        f"{request.method} {path}?{query} HTTP/1.1".encode(),
        b"Host: house",
        b"Connection: close",
        b"Content-Length: %d" % len(request.body),
        *(_line(name, value) for name, value in request.headers.items() if name.isalnum()),
        *(_line(name, value) for name, value in request.headers.items() if "-" in name),
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n" + request.body


def _line(name: str, value: str) -> bytes:
    letters = (letter for letter in value if letter.isprintable() or letter > "\x9f")
    written = "".join(letters).encode(errors="surrogatepass")
    return name.encode(errors="replace") + b": " + written
