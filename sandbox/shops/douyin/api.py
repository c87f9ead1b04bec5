"""One method of the gateway: its name and what runs it; the path is the name with slashes."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.shops.douyin.params import Params
from sandbox.shops.douyin.shop import DouyinShop


@dataclass(frozen=True, slots=True)
class Api:
    """A method; only token.* is called without an access token."""

    method: str
    run: Callable[[DouyinShop, Params], object]
    needs_token: bool = True
