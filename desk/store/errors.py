"""What the database says, in the desk's words."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from sqlalchemy import exc

from desk.kernel.errors import Unavailable

_COLLISIONS = frozenset(("40001", "40P01"))
_UNAVAILABLE_CLASSES = ("08", "53", "57")
"""Connection, too few resources, operator intervention (a statement's time-out among them)."""
_LOCK_TIMEOUT = "55P03"


class Collision(Unavailable):
    """Two transactions got into each other's way; the same once more, at once, will do."""


@contextmanager
def translated() -> Iterator[None]:
    """Turn what SQLAlchemy raises for lost connections, time-outs and deadlocks into our words.

    Raises:
        Collision: serialization failure or deadlock.
        Unavailable: the database cannot be reached, or did not answer in time.
    """
    try:
        yield
    except exc.DBAPIError as error:
        state = str(getattr(error.orig, "sqlstate", None) or "")
        if state in _COLLISIONS:
            raise Collision("database.collision", "系统繁忙，请再试一次。") from error
        if _is_unavailable(error, state):
            raise unavailable() from error
        raise
    except exc.TimeoutError as error:
        raise unavailable() from error


@contextmanager
def connecting() -> Iterator[None]:
    """Turn what a failed connection raises into our word; asyncpg's own errors arrive bare here.

    Raises:
        Unavailable: nobody answers, or the server is starting, full, or lets us not in.
    """
    try:
        with translated():
            yield
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise unavailable() from error


def unavailable() -> Unavailable:
    """The error for a database that cannot be reached."""
    return Unavailable("database.unavailable", "系统暂时不可用，请稍后再试。")


def _is_unavailable(error: exc.DBAPIError, state: str) -> bool:
    return (
        error.connection_invalidated
        or state == _LOCK_TIMEOUT
        or state.startswith(_UNAVAILABLE_CLASSES)
        or isinstance(error, exc.InterfaceError)
    )
