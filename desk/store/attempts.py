"""An attempt inside a transaction: what fails in it is undone, and the rest of the work goes on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import exc
from sqlalchemy.ext.asyncio import AsyncConnection

from desk.kernel.errors import DeskError
from desk.store.errors import translated


@asynccontextmanager
async def attempt(connection: AsyncConnection) -> AsyncIterator[None]:
    """Open a savepoint.

    Raises:
        Unavailable: the database cannot be reached, or a deadlock ended the whole transaction.
        DeskError: the database refused what was to be written; the savepoint is undone.
    """
    try:
        with translated():
            async with connection.begin_nested():
                yield
    except exc.DBAPIError as error:
        raise DeskError("database.refused", "系统内部错误：数据库没有接受这项更改。") from error
