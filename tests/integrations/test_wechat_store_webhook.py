"""WeChat Store's push is believed only sealed, signed and for this very shop."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from hypothesis import given
from hypothesis import strategies as st

from desk.shops.events import ForgedPush, ShopEvent, Subject
from integrations.platform import PushRequest, ShopEntry
from integrations.wechat_store import webhook
from integrations.wechat_store.sealed import BadSeal, is_signed, unseal
from integrations.wild import Unreadable

_VECTORS = json.loads(
    (Path(__file__).parents[1] / "vectors" / "shop_sign_vectors.json").read_text(encoding="utf-8")
)["wechat_store_push"]
_CASES: list[dict[str, Any]] = _VECTORS["cases"]
_CHECK = _VECTORS["url_check"][0]
_FIRST = _CASES[0]
_TOKEN, _KEY, _APP = _FIRST["token"], _FIRST["encoding_aes_key"], _FIRST["appid"]


def _entry(**other: str) -> ShopEntry:
    credentials = {"app_id": _APP, "push_token": _TOKEN, "push_aes_key": _KEY, **other}
    return ShopEntry("wechat-store", "wechat_store", "微信小店", "", credentials)


def _pushed(case: dict[str, Any], **other: str) -> PushRequest:
    query = {name: case[name] for name in ("timestamp", "nonce", "msg_signature")} | other
    body = json.dumps({"ToUserName": "gh_1", "Encrypt": case["encrypt"]}).encode()
    return PushRequest("POST", query, {}, body)


def _sha1(*parts: str) -> str:
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def _encrypted(plain: bytes) -> str:
    key = base64.b64decode(_KEY + "=")
    sealer = Cipher(AES(key), CBC(key[:16])).encryptor()
    return base64.b64encode(sealer.update(plain) + sealer.finalize()).decode()


def _framed(message: bytes, receiver: str = _APP, length: int | None = None) -> bytes:
    size = len(message) if length is None else length
    plain = b"r" * 16 + size.to_bytes(4, "big") + message + receiver.encode()
    count = 32 - len(plain) % 32
    return plain + bytes([count]) * count


def _signed(encrypt: str) -> PushRequest:
    case = {"timestamp": "1763740900", "nonce": "n1", "encrypt": encrypt}
    return _pushed({**case, "msg_signature": _sha1(_TOKEN, "1763740900", "n1", encrypt)})


def _message(event: str, **body: object) -> bytes:
    frame = {"ToUserName": "gh_1", "FromUserName": "o1", "CreateTime": 1763740900}
    return json.dumps({**frame, "MsgType": "event", "Event": event, **body}).encode()


def _read(event: str, **body: object) -> ShopEvent:
    received = webhook.receive(_entry(), _signed(_encrypted(_framed(_message(event, **body)))))
    (read,) = received.events
    return read


@pytest.mark.parametrize("case", _CASES)
def test_the_known_messages_are_unsealed(case: dict[str, Any]) -> None:
    message, receiver = unseal(case["encrypt"], case["encoding_aes_key"])

    assert message.decode() == case["plain"]
    assert receiver.decode() == case["appid"]
    assert is_signed(
        case["msg_signature"], case["token"], case["timestamp"], case["nonce"], case["encrypt"]
    )


def test_the_known_push_is_read_down_to_its_order() -> None:
    received = webhook.receive(_entry(), _pushed(_FIRST))

    (event,) = received.events
    assert (received.answer, received.content_type) == ("success", "text/plain")
    assert event.kind == "channels_ec_order_pay"
    assert event.about is Subject.ORDER
    assert event.subject_id == event.order_no == "3705115058471208928"
    assert event.version == 1763740900
    assert event.raw == _FIRST["plain"]
    assert "OPENID" not in repr(event)


def test_a_push_that_comes_again_sealed_anew_has_the_same_id() -> None:
    order = {"order_id": 3705115058471208928}

    first, again = (_read("channels_ec_order_new", order_info=order) for _ in range(2))
    other = _read("channels_ec_order_new", order_info={"order_id": 3705115058471208929})

    assert first.id == again.id != other.id


def test_the_address_is_checked_with_the_official_vector() -> None:
    query = {name: _CHECK[name] for name in ("timestamp", "nonce", "signature")}
    asked = PushRequest("GET", {**query, "echostr": "4375120948345356249"}, {}, b"")

    received = webhook.receive(_entry(push_token=_CHECK["token"]), asked)

    assert received.events == ()
    assert (received.answer, received.content_type) == ("4375120948345356249", "text/plain")


@pytest.mark.parametrize("signature", ["", "0" * 40, _CHECK["signature"].upper(), "签名"])
def test_a_check_with_a_wrong_signature_gets_no_echo(signature: str) -> None:
    query = {"timestamp": _CHECK["timestamp"], "nonce": _CHECK["nonce"], "signature": signature}

    with pytest.raises(ForgedPush):
        webhook.receive(
            _entry(push_token=_CHECK["token"]), PushRequest("GET", query, {}, b"echostr")
        )


@pytest.mark.parametrize(
    ("event", "body", "about", "subject", "order_no"),
    [
        ("channels_ec_order_deliver", {"order_info": {"order_id": 12}}, Subject.ORDER, "12", "12"),
        ("channels_ec_order_new", {"order_info": {"order_id": "7"}}, Subject.ORDER, "7", "7"),
        (
            "channels_ec_aftersale_update",
            {
                "finder_shop_aftersale_status_update": {
                    "status": "USER_WAIT_RETURN",
                    "after_sale_order_id": "1234567",
                    "order_id": "12345",
                }
            },
            Subject.REFUND,
            "1234567",
            "12345",
        ),
        (
            "channels_ec_aftersale_update",
            {"finder_shop_aftersale_status_update": {"after_sale_order_id": 9}},
            Subject.REFUND,
            "9",
            "",
        ),
        (
            "channels_ec_present_aftersale_update",
            {"finder_shop_present_aftersale_status_update": {"after_sale_order_id": "8"}},
            Subject.REFUND,
            "8",
            "",
        ),
        ("product_spu_update", {"ProductSpuUpdate": {"product_id": "5"}}, Subject.ITEM, "5", ""),
        ("product_spu_listing", {"ProductSpuListing": {"product_id": 5}}, Subject.ITEM, "5", ""),
        ("product_spu_audit", {"ProductSpuAudit": {"product_id": "6"}}, Subject.ITEM, "6", ""),
        (
            "channels_ec_stock_no_enough",
            {"channels_ec_stock_no_enough": {"product_id": 100, "sku_id": 7}},
            Subject.STOCK,
            "100",
            "",
        ),
        ("channels_ec_coupon_receive", {"receive_info": {"coupon_id": "1"}}, Subject.OTHER, "", ""),
        ("channels_ec_user_coupon_use", {}, Subject.OTHER, "", ""),
        ("channels_ec_vip_join", {"user_info": {"openid": "o1"}}, Subject.OTHER, "", ""),
        ("channels_ec_complaint_update", {}, Subject.OTHER, "", ""),
        ("brand_new_event", {}, Subject.OTHER, "", ""),
    ],
)
def test_each_event_says_what_has_to_be_read_again(
    event: str, body: dict[str, object], about: Subject, subject: str, order_no: str
) -> None:
    read = _read(event, **body)

    assert (read.kind, read.about) == (event, about)
    assert (read.subject_id, read.order_no) == (subject, order_no)


@pytest.mark.parametrize("case", _CASES[1:])
def test_a_sealed_message_that_says_nothing_is_unreadable(case: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        webhook.receive(_entry(), _pushed(case))


@pytest.mark.parametrize(
    "message",
    [
        _message("channels_ec_order_pay"),
        _message("channels_ec_order_pay", order_info={"order_id": "订单"}),
        _message("channels_ec_order_pay", order_info={"order_id": "1\x00"}),
        _message("channels_ec_order_pay", order_info={"order_id": True}),
        _message("a\ud800"),
        _message("product_spu_update", CreateTime="soon", ProductSpuUpdate={"product_id": "5"}),
        _message("channels_ec_vip_join", CreateTime=10**30),
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_signed_garbage_is_unreadable(message: bytes) -> None:
    with pytest.raises(Unreadable):
        webhook.receive(_entry(), _signed(_encrypted(_framed(message))))


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("msg_signature", "0" * 40),
        ("msg_signature", ""),
        ("msg_signature", _FIRST["msg_signature"].upper()),
        ("timestamp", "1763740901"),
        ("nonce", "n2"),
        ("nonce", ""),
    ],
)
def test_a_push_with_another_signature_is_forged(part: str, value: str) -> None:
    with pytest.raises(ForgedPush):
        webhook.receive(_entry(), _pushed(_FIRST, **{part: value}))


def test_one_changed_letter_is_forged() -> None:
    changed = {**_FIRST, "encrypt": _FIRST["encrypt"].replace("J", "K", 1)}

    with pytest.raises(ForgedPush):
        webhook.receive(_entry(), _pushed(changed))


def test_a_message_for_another_shop_is_forged() -> None:
    sealed = _encrypted(_framed(_message("channels_ec_vip_join"), receiver="wx0000000000000000"))

    with pytest.raises(ForgedPush):
        webhook.receive(_entry(), _signed(sealed))


def test_a_plain_message_is_forged_even_where_its_address_is_signed() -> None:
    query = {
        "timestamp": "1",
        "nonce": "2",
        "signature": _sha1(_TOKEN, "1", "2"),
        "msg_signature": _sha1(_TOKEN, "1", "2"),
    }

    with pytest.raises(ForgedPush):
        webhook.receive(_entry(), PushRequest("POST", query, {}, _message("channels_ec_vip_join")))


@pytest.mark.parametrize("missing", ["push_token", "app_id"])
def test_without_its_credentials_a_shop_believes_nothing(missing: str) -> None:
    with pytest.raises(ForgedPush):
        webhook.receive(_entry(**{missing: ""}), _pushed(_FIRST))


def test_an_unsigned_empty_token_opens_no_door() -> None:
    query = {"timestamp": "1", "nonce": "2", "signature": _sha1("", "1", "2"), "echostr": "e"}

    with pytest.raises(ForgedPush):
        webhook.receive(_entry(push_token=""), PushRequest("GET", query, {}, b""))


@pytest.mark.parametrize(
    "plain",
    [
        _framed(b"{}")[:-1] + b"\x00",
        _framed(b"{}")[:-1] + b"\x21",
        _framed(b"{}")[:-2] + b"\x01\x0a",
        _framed(b"{}", length=2**31),
        _framed(b"{}", length=len(_APP) + 3),
        b"r" * 10 + bytes([22]) * 22,
        b"r" * 48,
    ],
)
def test_wrong_padding_or_length_is_a_bad_seal(plain: bytes) -> None:
    with pytest.raises(BadSeal):
        unseal(_encrypted(plain), _KEY)


@pytest.mark.parametrize("sealed", ["", "====", "not base64!", "QUJD", "中文", "QUJD" * 8])
@pytest.mark.parametrize("key", [_KEY, "", "short", "中" * 43])
def test_what_was_never_sealed_is_a_bad_seal(sealed: str, key: str) -> None:
    with pytest.raises(BadSeal):
        unseal(sealed, key)


@given(
    method=st.sampled_from(["GET", "POST", "PUT"]),
    query=st.dictionaries(
        st.sampled_from(["timestamp", "nonce", "signature", "msg_signature", "echostr", "x"]),
        st.text(),
    ),
    body=st.one_of(
        st.binary(),
        st.text(st.characters()).map(lambda text: json.dumps({"Encrypt": text}).encode()),
    ),
)
def test_nothing_unsigned_gets_in_and_nothing_else_comes_out(
    method: str, query: dict[str, str], body: bytes
) -> None:
    with pytest.raises((ForgedPush, Unreadable)):
        webhook.receive(_entry(), PushRequest(method, query, {}, body))


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters()),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(plain=st.binary(max_size=96))
def test_whatever_is_sealed_without_a_frame_is_unreadable(plain: bytes) -> None:
    plain += b"\x00" * (-len(plain) % 32)

    with pytest.raises((Unreadable, ForgedPush)):
        webhook.receive(_entry(), _signed(_encrypted(plain)))


@given(
    raw=st.one_of(st.binary(), _ANYTHING.map(lambda value: json.dumps(value).encode())),
    event=st.none() | st.sampled_from(["channels_ec_order_pay", "product_spu_update"]),
    subject=_ANYTHING,
)
def test_whatever_is_sealed_and_signed_is_an_event_or_unreadable(
    raw: bytes, event: str | None, subject: object
) -> None:
    message = raw if event is None else _message(event, order_info=subject)
    try:
        (read,) = webhook.receive(_entry(), _signed(_encrypted(_framed(message)))).events
    except Unreadable:
        return
    assert read.kind.isascii()
    assert read.subject_id.isdecimal() or read.about is Subject.OTHER
