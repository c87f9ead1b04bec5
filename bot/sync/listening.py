"""Holds the connections over which some platforms push, and opens them again when they end."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from functools import partial

import structlog

from desk.kernel.errors import AuthExpired, DeskError
from desk.shops.events import ShopEvent
from desk.shops.floor import ShopFloor
from desk.shops.port import Shop
from desk.shops.powers import Keep, Listens

log = structlog.get_logger()

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0
_WITHOUT_RIGHTS = 300.0
"""Seconds; nobody can listen until a person has renewed the authorisation."""


class ShopEars:
    """Listens to every shop that pushes over a connection of ours."""

    def __init__(self, floor: ShopFloor, keep: Keep) -> None:
        self._floor, self._keep = floor, keep

    def loops(self) -> Mapping[str, Callable[[], Coroutine[None, None, None]]]:
        """A loop for each shop by its name, as none waits for another nor falls with it."""
        return {
            f"listen {shop.id}": partial(self._listen, shop, shop)
            for shop in self._floor.shops
            if isinstance(shop, Listens)
        }

    async def _listen(self, shop: Shop, ears: Listens) -> None:
        """Listen to a shop until cancelled."""
        wait = _FIRST_WAIT
        while True:
            heard = False

            async def keep(events: tuple[ShopEvent, ...]) -> None:
                nonlocal heard
                await self._keep(events)
                heard = True

            try:
                await ears.listen(keep)
            except AuthExpired as error:
                log.warning("shop.listen_failed", shop=shop.id, code=error.code)
                wait = _WITHOUT_RIGHTS
            except DeskError as error:
                log.warning("shop.listen_failed", shop=shop.id, code=error.code)
            wait = _FIRST_WAIT if heard else wait
            await asyncio.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)
