"""What every platform folder offers to the catalog."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import aiohttp

from desk.kernel.clock import Clock
from desk.kernel.errors import DeskError
from desk.shops.events import ShopEvent
from desk.shops.port import Shop
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
    """One entry under `shops:` of the shops' file; `base_url` "" means the official gateway."""

    id: str
    platform: str
    name: str
    base_url: str
    credentials: Mapping[str, str] = field(repr=False)

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


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a shop's client is built with."""

    session: aiohttp.ClientSession
    clock: Clock
    tokens: TokenCache


Opener = Callable[[ShopEntry, Surroundings], Shop]
Receiver = Callable[[ShopEntry, Mapping[str, str], bytes], ShopEvent]


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform: how its shops are opened, and how its push is read (None: it has no push).

    `receive(entry, headers, raw_body)` verifies and reads one push; it raises
    desk.shops.events.ForgedPush and integrations.wild.Unreadable. `thanks` is the body of the
    answer that the pusher waits for, or else it pushes again.
    """

    name: str
    open: Opener
    receive: Receiver | None = None
    thanks: str = ""
