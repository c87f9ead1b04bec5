"""What every platform folder offers to the catalog."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import aiohttp

from desk.kernel.clock import Clock
from desk.kernel.errors import DeskError
from desk.shops.events import ShopEvent
from desk.shops.port import Shop
from integrations.http import HttpClient
from integrations.rate import Buckets, Rate
from integrations.tokens import TokenCache


class BadShopEntry(DeskError):
    """An entry of the shops' file cannot be used; the message names the field and the way out."""

    def __init__(self, shop: str, field: str, way_out: str) -> None:
        super().__init__("shops_file.bad_entry", f"店铺配置 {shop} 的 {field} 有问题：{way_out}")
        self.shop = shop
        self.field = field
        self.way_out = way_out
        self.args = (self.say,)


@dataclass(frozen=True, slots=True)
class ShopEntry:
    """One entry under `shops:` of the shops' file; `base_url` "" means the official gateway.

    `calls_per_second` is what the platform grants the merchant's app, 0: the platform's default.
    """

    id: str
    platform: str
    name: str
    base_url: str
    credentials: Mapping[str, str] = field(repr=False)
    calls_per_second: int = 0

    def rate(self, default: Rate) -> Rate:
        """Return how often this shop may be called."""
        return Rate(self.calls_per_second) if self.calls_per_second else default

    def credential(self, name: str) -> str:
        """Return a credential.

        Raises:
            BadShopEntry: it is missing or empty.
        """
        value = self.credentials.get(name, "")
        if not value:
            raise BadShopEntry(
                self.id,
                f"credentials.{name}",
                f"缺少或为空。在店铺文件里补上 {name}，或设置它引用的环境变量",
            )
        return value


def bucket_of(entry: ShopEntry) -> str:
    """Return the key under which a shop's calls are paced and counted."""
    return f"{entry.platform}:{entry.id}"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a shop's client is built with; `buckets` count its calls together with all processes."""

    session: aiohttp.ClientSession
    clock: Clock
    tokens: TokenCache
    buckets: Buckets

    def http(self, party: str, entry: ShopEntry, rate: Rate) -> HttpClient:
        """Make the client of one shop, paced at what it may call."""
        return HttpClient(
            self.session,
            party,
            rate=entry.rate(rate),
            buckets=self.buckets,
            key=bucket_of(entry),
        )


@dataclass(frozen=True, slots=True)
class PushRequest:
    """One HTTP request of a pusher as it came; names of headers in lower case."""

    method: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Received:
    """What a push said, and the answer that its pusher waits for.

    The answer is sent after the events are kept, or else the platform pushes again.
    """

    events: tuple[ShopEvent, ...]
    answer: str
    content_type: str = "application/json"


Opener = Callable[[ShopEntry, Surroundings], Shop]
Receiver = Callable[[ShopEntry, PushRequest], Received]


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform: how its shops are opened, and how its push is read.

    `receive` verifies and reads one request; it raises desk.shops.events.ForgedPush and
    integrations.wild.Unreadable. None: the platform has no webhook. `rate` is what one shop's app
    may call; `title` is what people call the platform.
    """

    name: str
    title: str
    open: Opener
    rate: Rate
    receive: Receiver | None = None
