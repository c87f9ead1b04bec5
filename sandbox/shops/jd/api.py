"""One JOS method: its name and what runs it."""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.shops.jd.params import Params
from sandbox.shops.jd.shop import JdShop
from sandbox.shops.wire import Json


@dataclass(frozen=True, slots=True)
class Api:
    """A method of the gateway."""

    method: str
    run: Callable[[JdShop, Params], Json]

    @property
    def response_key(self) -> str:
        """jingdong.pop.order.get answers in `jingdong_pop_order_get_responce`, spelt so."""
        return f"{self.method.replace('.', '_')}_responce"
