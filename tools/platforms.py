"""`make platforms`: docs/platforms.md, the table of platforms and powers, read out of the code."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from inspect import getfile
from pathlib import Path

import aiohttp

from desk.kernel.clock import SystemClock
from desk.shops.port import Shop
from desk.shops.powers import HoldsToken, Power, powers_of
from integrations.catalog import ALL
from integrations.platform import BadShopEntry, Platform, ShopEntry, Surroundings
from integrations.rate import MemoryBuckets
from integrations.tokens import MemoryTokenCache

PAGE = Path(__file__).parent.parent / "docs" / "platforms.md"
YES, NO = "●", "–"

_POWERS: tuple[tuple[str, Power, str], ...] = (
    ("orders of a buyer", Power.ORDERS_OF_BUYER,
     "the book of orders is searched: what was pushed and pulled"),
    ("changed orders", Power.CHANGED_ORDERS,
     "there is no safety net: pushes alone, and a question when somebody asks"),
    ("a parcel's way", Power.TRACE,
     "a carrier service tells it ([carriers](carriers.md)); without one carrier and number"),
    ("level and points", Power.MEMBERS, "nothing is told, and a person is one tap away"),
    ("coupons: issue", Power.ISSUE_COUPONS, "its `link` is sent, or that it waits in the shop"),
    ("coupons: list", Power.LIST_COUPONS, "nothing: the assistant tells what it gave"),
    ("coupons: take back", Power.VOID_COUPONS, "nothing: a person does it in the back office"),
    ("bridge from WeCom", Power.WECOM_BRIDGE,
     "the buyer is known by `unionid`, or proves an order ([customers](customers.md))"),
)  # fmt: skip


_WHOLE_AUTHORISATION = {"refresh_token": "1", "access_token_ends": "2099-12-31 00:00:00"}
"""What a merchant may leave out, but then a person has to renew the access."""


@dataclass(frozen=True, slots=True)
class Told:
    """A platform, what its shops can do, and the names that its folder fills in."""

    platform: Platform
    shop: Shop
    powers: frozenset[Power]
    fills: frozenset[str]

    @property
    def folder(self) -> str:
        """Its folder under integrations/."""
        return Path(getfile(type(self.shop))).parent.name


def page(told: tuple[Told, ...]) -> str:
    """Write the page."""
    rows = [
        _row("products, stock, an order by number, parcels, refunds", [YES] * len(told)),
        _row("stock by place", [_mark("places" in each.fills) for each in told]),
        *(_row(name, [_mark(power in each.powers) for each in told]) for name, power, _ in _POWERS),
        _row("`unionid` of the buyer", [_mark("unionid" in each.fills) for each in told]),
        _row("last digits of the phone", [_mark("phone_tail" in each.fills) for each in told]),
        _row("pushes", [_pushes(each) for each in told]),
        _row("access", [_access(each) for each in told]),
        _row("calls granted", [_rate(each) for each in told]),
    ]
    titles = [f"[{each.platform.title}](../integrations/{each.folder}/README.md)" for each in told]
    lacking = [
        f"| {name} | {instead} | {_missing(told, power)} |" for name, power, instead in _POWERS
    ]
    return "\n".join(
        [
            "# Platforms",
            "",
            "Which platform can do what. Written by `make platforms` out of the code; a test fails "
            "when it is stale.",
            f"{YES} it can, {NO} it cannot. "
            "A power is a Protocol of its own in `desk/shops/powers.py`.",
            "",
            _row("", titles),
            "|---" * (len(told) + 1) + "|",
            *rows,
            "",
            "*pushes*: `webhook` comes to `POST /shops/<shop id>/webhook`; `connection` is one "
            "that we open;",
            "where there is `none` the pull finds changes within a minute ([the sync](sync.md)).",
            "*access*: `renewed` renews itself, given all that the platform's page asks for; "
            "`a person` has to before it",
            "ends, and `/shops` says when; `lasting` does not end by itself.",
            "*calls granted*: taken when the entry has no `calls_per_second`.",
            "Most masks of phones on Pinduoduo hide the last digits, too.",
            "",
            "## What is done without",
            "",
            "| power | where it is missing | missing at |",
            "|---|---|---|",
            *lacking,
            "| stock by place | one figure for the shop is told | "
            f"{_names(each for each in told if 'places' not in each.fills)} |",
            "| last digits of the phone | a customer cannot prove an order: an agent looks | "
            f"{_names(each for each in told if 'phone_tail' not in each.fills)} |",
            "| pushes | the pull finds the change | "
            f"{_names(each for each in told if _pushes(each) == 'none')} |",
            "",
        ]
    )


async def told_of_all() -> tuple[Told, ...]:
    """Open a shop on every platform, without ever calling it."""
    async with aiohttp.ClientSession() as session:
        around = Surroundings(session, SystemClock(), MemoryTokenCache(), MemoryBuckets())
        return tuple(_told(each, around) for each in ALL)


def _told(platform: Platform, around: Surroundings) -> Told:
    shop = _opened(platform, around)
    folder = Path(getfile(type(shop))).parent
    return Told(platform, shop, powers_of(shop), frozenset(_filled(folder)))


def _opened(platform: Platform, around: Surroundings) -> Shop:
    """Open a shop with just the credentials that it says it lacks."""
    credentials = dict(_WHOLE_AUTHORISATION)
    while True:
        entry = ShopEntry("a", platform.name, "a", "http://127.0.0.1:1", credentials)
        try:
            return platform.open(entry, around)
        except BadShopEntry as error:
            name = error.field.removeprefix("credentials.")
            if name in credentials:
                raise
            credentials[name] = "1"


def _filled(folder: Path) -> Iterator[str]:
    """The names that some call in the folder gives a value other than None."""
    for file in folder.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg and not _is_none(node.value):
                yield node.arg


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _pushes(told: Told) -> str:
    ways = ["webhook"] * (told.platform.receive is not None)
    ways += ["connection"] * (Power.LISTEN in told.powers)
    return ", ".join(ways) or "none"


def _access(told: Told) -> str:
    if not isinstance(told.shop, HoldsToken):
        return "lasting"
    return "renewed" if told.shop.renews_itself else "a person"


def _rate(told: Told) -> str:
    rate = told.platform.rate
    return f"{rate.calls}/s" if rate.seconds == 1 else f"{rate.calls} in {rate.seconds:.0f} s"


def _missing(told: tuple[Told, ...], power: Power) -> str:
    return _names(each for each in told if power not in each.powers)


def _names(told: Iterator[Told]) -> str:
    return "、".join(each.platform.title for each in told) or NO


def _mark(can: bool) -> str:
    return YES if can else NO


def _row(name: str, cells: list[str]) -> str:
    return "| " + " | ".join([name, *cells]) + " |"


async def main() -> None:
    """Write the page."""
    PAGE.write_text(page(await told_of_all()), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")


if __name__ == "__main__":
    import asyncio

    asyncio.run(main())
