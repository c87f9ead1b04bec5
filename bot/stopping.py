"""A loop that is asked to end ends, even where the asking was lost on its way."""

import asyncio


def stop_if_asked() -> None:
    """Raise the cancellation of the running task once more.

    A cancellation that arrives in the middle of a database statement has been seen to get lost
    beneath us (SQLAlchemy on asyncpg); a loop that never looked again would keep the process up.

    Raises:
        asyncio.CancelledError: the task was asked to end.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
