"""Cards that are out, each with the newest code that can still update it."""

from datetime import datetime, timedelta

from sqlalchemy import case, func, null, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.store.schema import cards

_CODE_LIVES = timedelta(hours=72)
"""WeCom doc 94888."""


class StoredCards:
    """Implements `desk.conversations.ports.CardStore`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def sent(self, task: str, to: tuple[str, ...], response_code: str, at: datetime) -> None:
        """A card went out, with the code that updates it once (a click may have been faster)."""
        new = insert(cards).values(
            task=task, recipients=list(to), response_code=response_code or None, code_at=at
        )
        newer = new.excluded.code_at > cards.c.code_at
        await self._connection.execute(
            new.on_conflict_do_update(
                index_elements=[cards.c.task],
                set_={
                    "recipients": new.excluded.recipients,
                    "response_code": case(
                        (newer, new.excluded.response_code), else_=cards.c.response_code
                    ),
                    "code_at": func.greatest(cards.c.code_at, new.excluded.code_at),
                },
            )
        )

    async def clicked(self, task: str, response_code: str, at: datetime) -> None:
        """A click brought a fresh code."""
        new = insert(cards).values(
            task=task, recipients=[], response_code=response_code, code_at=at
        )
        await self._connection.execute(
            new.on_conflict_do_update(
                index_elements=[cards.c.task],
                set_={
                    "response_code": new.excluded.response_code,
                    "code_at": new.excluded.code_at,
                },
                where=new.excluded.code_at >= cards.c.code_at,
            )
        )

    async def take_code(self, task: str, now: datetime) -> tuple[str, tuple[str, ...]] | None:
        """Use up the newest code (72 h) of a card: (code, recipients); None when there is none."""
        found = await self._connection.execute(
            select(cards.c.response_code, cards.c.recipients)
            .where(
                cards.c.task == task,
                cards.c.response_code.is_not(None),
                cards.c.code_at > now - _CODE_LIVES,
            )
            .with_for_update()
        )
        row = found.one_or_none()
        if row is None:
            return None
        await self._connection.execute(
            update(cards).where(cards.c.task == task).values(response_code=null())
        )
        return row.response_code, tuple(row.recipients)
