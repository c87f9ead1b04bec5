"""One method: its type, the name its answer stands under, and what runs it."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.shops.pinduoduo.form import Form
from sandbox.shops.pinduoduo.shop import PinduoduoShop
from sandbox.shops.wire import Json


@dataclass(frozen=True, slots=True)
class Api:
    """A method of the gateway; `needs_token` false for what is asked to get one."""

    type: str
    answers_in: str
    run: Callable[[PinduoduoShop, Form], Json]
    needs_token: bool = True
