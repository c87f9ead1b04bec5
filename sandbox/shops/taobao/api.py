"""One TOP method: its name and what runs it."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.shops.taobao.form import Form
from sandbox.shops.taobao.shop import TaobaoShop
from sandbox.shops.wire import Json


@dataclass(frozen=True, slots=True)
class Api:
    """A method of the gateway."""

    method: str
    run: Callable[[TaobaoShop, Form], Json]
    needs_session: bool = True

    @property
    def response_key(self) -> str:
        """taobao.trades.sold.get answers in `trades_sold_get_response`."""
        return self.method.split(".", 1)[1].replace(".", "_") + "_response"
