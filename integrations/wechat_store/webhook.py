"""WeChat Store's push: a GET that checks the address, then sealed JSON whose seal is verified."""

import hashlib
import hmac
import re

from desk.shops.events import ForgedPush, ShopEvent, Subject
from integrations.platform import PushRequest, Received, ShopEntry
from integrations.wechat_store.client import PARTY
from integrations.wechat_store.sealed import BadSeal, is_signed, unseal
from integrations.wild import Unreadable, Wild

THANKS = "success"
"""What the platform wants to hear within five seconds, or else it sends again (10 times)."""

_PLAIN = "text/plain"
_WORD = re.compile(r"[A-Za-z0-9_]{1,64}")
_NUMBER = re.compile(r"[0-9]{1,20}")
_AFTER_SALE = ("finder_shop_aftersale_status_update", "finder_shop_present_aftersale_status_update")
_PRODUCT = ("ProductSpuAudit", "ProductSpuListing", "ProductSpuUpdate")


def receive(entry: ShopEntry, request: PushRequest) -> Received:
    """Verify and read one push, or answer the check of the address with its own `echostr`.

    Raises:
        ForgedPush: the signature is missing or wrong, or it is for another shop.
        Unreadable: it is signed, but cannot be opened or says nothing.
    """
    token = entry.credentials.get("push_token", "")
    stamp = (request.query.get("timestamp", ""), request.query.get("nonce", ""))
    if not token or not all(stamp):
        raise ForgedPush(entry.id)
    if request.method == "GET":
        if not is_signed(request.query.get("signature", ""), token, *stamp):
            raise ForgedPush(entry.id)
        return Received((), request.query.get("echostr", ""), _PLAIN)
    sealed = _sealed_in(entry, request.body)
    if not is_signed(request.query.get("msg_signature", ""), token, *stamp, sealed):
        raise ForgedPush(entry.id)
    message = _opened(entry, sealed)
    return Received((_event(entry, message),), THANKS, _PLAIN)


def _sealed_in(entry: ShopEntry, body: bytes) -> str:
    """The signature covers `Encrypt` alone: a body without it cannot be signed."""
    try:
        return Wild.parse(PARTY, body)["Encrypt"].text()
    except Unreadable as error:
        raise ForgedPush(entry.id) from error


def _opened(entry: ShopEntry, sealed: str) -> str:
    try:
        message, receiver = unseal(sealed, entry.credentials.get("push_aes_key", ""))
        text = message.decode()
    except (BadSeal, UnicodeDecodeError) as error:
        raise Unreadable(PARTY, "Encrypt", "a sealed message") from error
    if not hmac.compare_digest(receiver, entry.credentials.get("app_id", "").encode()):
        raise ForgedPush(entry.id)
    return text


def _event(entry: ShopEntry, message: str) -> ShopEvent:
    raw = Wild.parse(PARTY, message)
    kind = _plain(raw["MsgType"] if raw["Event"].is_null else raw["Event"], _WORD)
    about, subject, order_no = _subject(kind, raw)
    return ShopEvent(
        shop=entry.id,
        # Messages have no id: the same one that comes again is the same to the letter.
        id=hashlib.sha256(message.encode()).hexdigest()[:32],
        kind=kind,
        about=about,
        subject_id=subject,
        order_no=order_no,
        version=int(raw["CreateTime"].seconds().timestamp()),
        raw=message,
    )


def _subject(kind: str, raw: Wild) -> tuple[Subject, str, str]:
    """What the push is about, its number, and the number of the order that has to be read."""
    if kind.startswith("channels_ec_order_"):
        number = _plain(raw["order_info"]["order_id"], _NUMBER)
        return Subject.ORDER, number, number
    if kind in ("channels_ec_aftersale_update", "channels_ec_present_aftersale_update"):
        case = _first_of(raw, _AFTER_SALE)
        return (
            Subject.REFUND,
            _plain(case["after_sale_order_id"], _NUMBER),
            ("" if case["order_id"].is_null else _plain(case["order_id"], _NUMBER)),
        )
    if kind == "channels_ec_stock_no_enough":
        return Subject.STOCK, _plain(raw[kind]["product_id"], _NUMBER), ""
    if kind.startswith("product_spu_"):
        return Subject.ITEM, _plain(_first_of(raw, _PRODUCT)["product_id"], _NUMBER), ""
    return Subject.OTHER, "", ""


def _plain(raw: Wild, form: re.Pattern[str]) -> str:
    """Read a word or number that is what the platform writes, and no more than that."""
    text = raw.id()
    if not form.fullmatch(text):
        raise raw.unreadable(form.pattern)
    return text


def _first_of(raw: Wild, names: tuple[str, ...]) -> Wild:
    """The body of the event; its name differs by kind, and the documents mix the names up."""
    return next((raw[name] for name in names if raw[name].is_object), raw[names[0]])
