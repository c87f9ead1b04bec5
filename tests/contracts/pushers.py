"""Whoever pushes to the house, shops and trackers alike, with honest pushes to spoil."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from integrations.carriers import catalog as carriers
from integrations.carriers.kuaidi100.signing import salt_of
from integrations.carriers.platform import TrackerEntry
from integrations.catalog import receive
from integrations.platform import PushRequest, ShopEntry
from sandbox.carriers.kdniao.signing import sign as kdniao_sign
from sandbox.carriers.kuaidi100.signing import md5_upper
from sandbox.shops.douyin.signing import event_sign
from sandbox.shops.wechat_store.seal import seal
from sandbox.shops.wechat_store.seal import sign as wechat_sign
from tests.contracts.cases.douyin import DOUYIN
from tests.contracts.cases.shape import ShopCase
from tests.contracts.cases.wechat_store import WECHAT_STORE
from tests.contracts.cases.youzan import YOUZAN
from tests.contracts.fake_shops import entry_of
from tests.contracts.fake_trackers import tracker_entries

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
_ROOT = "http://127.0.0.1:1"
_STAMP, _NONCE = "1795233600", "f3a9c1"
_PARCEL = "YT7489920153386"


@dataclass(frozen=True, slots=True)
class Pusher:
    """One that pushes; `said` are messages that it documents, `sign` makes a request of a body.

    `uncovered`: headers that are read, though the signature does not cover them.
    """

    entry: ShopEntry | TrackerEntry
    said: tuple[object, ...]
    sign: Callable[[bytes], PushRequest] = field(repr=False)
    uncovered: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The platform."""
        return self.entry.platform

    @property
    def path(self) -> str:
        """Where it pushes to."""
        if isinstance(self.entry, ShopEntry):
            return f"/shops/{self.entry.id}/webhook"
        return f"/carriers/{self.entry.id}/push"

    def take(self, request: PushRequest) -> tuple[object, ...]:
        """Verify and read a request as the house does; what it was told."""
        if isinstance(self.entry, ShopEntry):
            received = receive(self.entry, request)
            return received.events if received is not None else ()
        return carriers.receive(self.entry, request, NOW).pushes


def _posted(
    body: bytes, headers: Mapping[str, str] | None = None, query: Mapping[str, str] | None = None
) -> PushRequest:
    return PushRequest("POST", dict(query or {}), dict(headers or {}), body)


def _youzan(case: ShopCase) -> Pusher:
    told = quote(json.dumps({"tid": "E20261116201844019500026"}))
    common = {"id": "E20261116201844019500026", "msg_id": "6f1", "version": 1, "msg": told}
    said = tuple({"type": kind, **common} for kind in ("trade_TradeSuccess", "trade_refund_X"))

    def sign(body: bytes) -> PushRequest:
        keys = case.credentials
        joined = keys["client_id"].encode() + body + keys["client_secret"].encode()
        return _posted(body, {"event-sign": hashlib.md5(joined, usedforsecurity=False).hexdigest()})

    return Pusher(entry_of(case, _ROOT), said, sign)


def _douyin(case: ShopCase) -> Pusher:
    keys = case.credentials
    data = {"p_id": 6937480133650876051, "shop_id": 84310277, "update_time": 1795233600}
    said = (
        [{"tag": "102", "msg_id": "71", "data": json.dumps(data)}],
        [{"tag": "200", "msg_id": "72", "data": {**data, "aftersale_id": 73}}],
        [{"tag": "0", "msg_id": "0", "data": "2026-11-21 12:00:00"}],
    )

    def sign(body: bytes) -> PushRequest:
        signed = event_sign(keys["app_key"], body, keys["app_secret"])
        return _posted(body, {"event-sign": signed})

    return Pusher(entry_of(case, _ROOT), said, sign)


def _wechat_store(case: ShopCase) -> Pusher:
    keys = case.credentials
    common = {"MsgType": "event", "CreateTime": 1795233600}
    refund = {"after_sale_order_id": "2000000611832041", "order_id": "3737401822650113024"}
    said = (
        {
            **common,
            "Event": "channels_ec_order_pay",
            "order_info": {"order_id": 3737401822650113024},
        },
        {
            **common,
            "Event": "channels_ec_aftersale_update",
            "finder_shop_aftersale_status_update": refund,
        },
        {
            **common,
            "Event": "channels_ec_stock_no_enough",
            "channels_ec_stock_no_enough": {"product_id": 1},
        },
    )

    def sign(body: bytes) -> PushRequest:
        # The seal holds a text: bytes that are none are sealed as the letters that look like them.
        sealed = seal(body.decode(errors="replace"), keys["push_aes_key"], keys["app_id"])
        signed = wechat_sign(keys["push_token"], _STAMP, _NONCE, sealed)
        query = {"timestamp": _STAMP, "nonce": _NONCE, "msg_signature": signed}
        return _posted(json.dumps({"Encrypt": sealed}).encode(), query=query)

    return Pusher(entry_of(case, _ROOT), said, sign)


def _vendure() -> Pusher:
    entry = ShopEntry("mall", "vendure", "小程序商城", _ROOT, {"webhook_secret": "s3cret"})
    at = "2026-11-22T05:28:58.509Z"
    said = (
        {"id": "e1", "topic": "payment.state", "at": at, "data": {"order": "C1"}},
        {"id": "e2", "topic": "refund.state", "at": at, "data": {"order": "C1", "refund": "7"}},
        {"id": "e3", "topic": "stock", "at": at, "data": {"product": "12"}},
    )

    def sign(body: bytes) -> PushRequest:
        return _posted(body, {"x-shop-hmac-sha256": _hmac("s3cret", body)})

    return Pusher(entry, said, sign)


def _hmac(secret: str, body: bytes) -> str:
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def _shopify() -> Pusher:
    keys = {"shop": "xiaoman.myshopify.com", "access_token": "shpat_1", "app_secret": "s3cret"}
    entry = ShopEntry("global", "shopify", "海外站", _ROOT, keys)
    said = (
        {"id": 5512, "name": "#10482", "updated_at": "2026-11-21T12:00:00+08:00"},
        {"id": 5512},
    )

    def sign(body: bytes) -> PushRequest:
        headers = {
            "x-shopify-hmac-sha256": _hmac("s3cret", body),
            "x-shopify-shop-domain": keys["shop"],
            "x-shopify-topic": "orders/updated",
            "x-shopify-webhook-id": "3f1c",
        }
        return _posted(body, headers)

    return Pusher(entry, said, sign, ("x-shopify-topic", "x-shopify-webhook-id", "x-shopify-test"))


def _woocommerce() -> Pusher:
    keys = {"consumer_key": "ck_1", "consumer_secret": "cs_1", "webhook_secret": "s3cret"}
    entry = ShopEntry("woo", "woocommerce", "独立站", _ROOT, keys)
    said = (
        {"id": 727, "number": "727", "date_modified_gmt": "2026-11-21T04:00:00"},
        {"id": 727},
    )

    def sign(body: bytes) -> PushRequest:
        headers = {
            "x-wc-webhook-signature": _hmac("s3cret", body),
            "x-wc-webhook-topic": "order.updated",
            "x-wc-webhook-delivery-id": "3f1c",
        }
        return _posted(body, headers)

    return Pusher(entry, said, sign, ("x-wc-webhook-topic", "x-wc-webhook-delivery-id"))


def _kuaidi100(entry: TrackerEntry) -> Pusher:
    scan = {"context": "【上海市】派件中", "time": "2026-11-21 11:02:03", "ftime": ""}
    result = {"nu": _PARCEL, "com": "yuantong", "state": "5", "ischeck": "0", "data": [scan]}
    said = ({"status": "polling", "lastResult": result}, {"status": "abort", "lastResult": {}})
    salt = salt_of(_PARCEL, entry.credential("key"))

    def sign(body: bytes) -> PushRequest:
        # The fake hashes texts; what is signed here may be any bytes.
        hashed = hashlib.md5(body + salt.encode(), usedforsecurity=False).hexdigest().upper()
        return _posted(
            urlencode({"param": body, "sign": hashed}).encode(), None, {"number": _PARCEL}
        )

    assert md5_upper("{}" + salt).encode() in sign(b"{}").body
    return Pusher(entry, said, sign)


def _kdniao(entry: TrackerEntry) -> Pusher:
    scan = {"AcceptTime": "2026-11-21 11:02:03", "AcceptStation": "【上海市】派件中"}
    line = {"LogisticCode": _PARCEL, "ShipperCode": "YTO", "Success": True, "State": "2"}
    account = entry.credential("ebusiness_id")
    said = ({"EBusinessID": account, "Count": "1", "Data": [{**line, "Traces": [scan]}]},)
    key = entry.credential("api_key")

    def sign(body: bytes) -> PushRequest:
        hexed = hashlib.md5(body + key.encode(), usedforsecurity=False).hexdigest()
        signed = base64.b64encode(hexed.encode())
        form = {"RequestType": "101", "RequestData": body, "DataSign": signed}
        return _posted(urlencode(form).encode())

    assert urlencode({"DataSign": kdniao_sign("{}", key)}).encode() in sign(b"{}").body
    return Pusher(entry, said, sign)


_KUAIDI100, _KDNIAO = tracker_entries(_ROOT)

ALL: tuple[Pusher, ...] = (
    _youzan(YOUZAN),
    _douyin(DOUYIN),
    _wechat_store(WECHAT_STORE),
    _vendure(),
    _woocommerce(),
    _shopify(),
    _kuaidi100(_KUAIDI100),
    _kdniao(_KDNIAO),
)
