"""What reading needs from the outside: somebody who understands a single message."""

from typing import Protocol

from desk.turns import Understanding


class Understander(Protocol):
    """Finds out what a customer's text means."""

    async def understand(self, text: str) -> Understanding:
        """Understand one message.

        Raises:
            Unavailable: nobody answered in time.
        """
