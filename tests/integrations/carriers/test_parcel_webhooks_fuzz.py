"""Whatever comes through the door is a push, forged, or unreadable; nothing else ever happens."""

import json
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.shops.events import ForgedPush
from integrations.carriers.catalog import receive
from integrations.carriers.platform import TrackerEntry
from integrations.wild import Unreadable
from tests.integrations.carriers.pushing import (
    KDNIAO,
    KUAIDI100,
    MOVING,
    NOW,
    SIGNED_FOR,
    kdniao_body,
    kuaidi100_body,
    request,
)

_BOTH = pytest.mark.parametrize("entry", [KUAIDI100, KDNIAO], ids=["kuaidi100", "kdniao"])
_FIELDS = ("param", "sign", "RequestData", "RequestType", "DataSign", "odd")
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def _paths(value: object) -> list[tuple[str | int, ...]]:
    if isinstance(value, dict):
        pairs = list(value.items())
    elif isinstance(value, list):
        pairs = list(enumerate(value))
    else:
        return [()]
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


def _must_be_forged(entry: TrackerEntry, body: bytes, **query: str) -> None:
    with pytest.raises(ForgedPush):
        receive(entry, request(body, **query), NOW)


@_BOTH
@given(body=st.binary(max_size=300), number=st.text(max_size=20))
def test_any_bytes_are_forged(entry: TrackerEntry, body: bytes, number: str) -> None:
    _must_be_forged(entry, body, number=number)
    _must_be_forged(entry, body)


@_BOTH
@given(fields=st.dictionaries(st.sampled_from(_FIELDS), st.text() | st.binary()))
def test_any_form_is_forged(entry: TrackerEntry, fields: dict[str, str | bytes]) -> None:
    _must_be_forged(entry, urlencode(fields).encode())


@_BOTH
@given(said=_JSON)
def test_any_json_without_our_secret_is_forged(entry: TrackerEntry, said: object) -> None:
    for body in (kuaidi100_body(json.dumps(said), secret="x"), kdniao_body(said, key="x")):
        _must_be_forged(entry, body, number="YT7489920153386")


@pytest.mark.parametrize(
    ("entry", "said", "write"),
    [(KUAIDI100, MOVING, kuaidi100_body), (KDNIAO, SIGNED_FOR, kdniao_body)],
    ids=["kuaidi100", "kdniao"],
)
@given(data=st.data())
def test_a_signed_push_with_any_part_replaced_is_read_or_unreadable(
    entry: TrackerEntry,
    said: dict[str, object],
    write: Callable[[object], bytes],
    data: st.DataObject,
) -> None:
    path = data.draw(st.sampled_from(_paths(said)))
    body = write(json.dumps(_changed(said, path, data.draw(_JSON))))
    try:
        received = receive(entry, request(body, number="YT7489920153386"), NOW)
    except (ForgedPush, Unreadable):
        return
    assert all(push.number for push in received.pushes)
