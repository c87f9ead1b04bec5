"""A fake shop as the carriers see it: somebody who hands them parcels."""

from typing import Protocol

from aiohttp import web

from sandbox.shops.ledger import Ledger


class Receiver(Protocol):
    """Who a parcel goes to."""

    @property
    def mobile(self) -> str:
        """Eleven digits."""
        ...


class Sender(Protocol):
    """The shop's book, and whose name stands on a parcel."""

    ledger: Ledger

    def buyer(self, key: str) -> Receiver:
        """The buyer of an order."""
        ...


SENDER = web.AppKey("sender", Sender)
"""Under this a gateway's application tells whose parcels it knows."""
