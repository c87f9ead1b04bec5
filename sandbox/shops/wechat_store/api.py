"""One interface of the gateway, and what many of them share: cursors and seconds."""

import base64
import binascii
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sandbox.shops.wechat_store.errors import OTHER_FILTERS, WechatError, bad_body
from sandbox.shops.wechat_store.params import Params
from sandbox.shops.wechat_store.shop import WechatStoreShop
from sandbox.shops.wire import Json

T = TypeVar("T")
FOREVER = 2**40


@dataclass(frozen=True, slots=True)
class Api:
    """An interface under /channels/ec/; `is_post` false: it is asked by GET."""

    path: str
    run: Callable[[WechatStoreShop, Params], Json]
    is_post: bool = True


def seconds(moment: datetime | None) -> int:
    """Unix seconds, 0 for None, as the platform writes "not yet"."""
    return int(moment.timestamp()) if moment else 0


def window(params: Params, start: str, end: str, longest: int) -> tuple[int, int] | None:
    """Both ends in seconds, None when neither is given. Raises WechatError."""
    low, high = params.number(start, 0, FOREVER, 0), params.number(end, 0, FOREVER, 0)
    if not low and not high:
        return None
    if not low or not high or high < low or high - low > longest:
        raise bad_body(f"{start} and {end} should be at most {longest} seconds apart")
    return low, high


def turn(rows: Sequence[T], cursor: str, size: int, filters: Json) -> tuple[list[T], str, bool]:
    """One page, the next cursor, whether there is more. Raises WechatError 606006."""
    stamp = hashlib.sha256(json.dumps(filters, sort_keys=True).encode()).hexdigest()[:12]
    start = 0
    if cursor:
        place, seen = _opened(cursor)
        if seen != stamp:
            raise WechatError(OTHER_FILTERS, "next_key is of a request with other filters")
        start = place
    end = min(start + size, len(rows))
    following = base64.urlsafe_b64encode(f"{end}:{stamp}".encode()).decode()
    return list(rows[start:end]), following, end < len(rows)


def _opened(cursor: str) -> tuple[int, str]:
    try:
        place, _, stamp = base64.urlsafe_b64decode(cursor).decode().partition(":")
        return int(place), stamp
    except (binascii.Error, ValueError) as error:
        raise bad_body("next_key") from error
