"""Carries out what may be done about group leaders."""

from datetime import datetime

from desk.leaders.commands import LeaderCommand, MarkLeader, UnmarkLeader
from desk.leaders.events import LeaderEvent, LeaderMarked, LeaderUnmarked, NoLeader
from desk.leaders.ports import LeaderStore


async def carry_out(asked: LeaderCommand, store: LeaderStore, now: datetime) -> LeaderEvent:
    """Do one thing and tell what happened."""
    match asked:
        case MarkLeader():
            before = await store.end(asked.customer, asked.by, now)
            marked = await store.mark(asked.customer, asked.warehouse, asked.by, now)
            return LeaderMarked(marked, before)
        case UnmarkLeader():
            ended = await store.end(asked.customer, asked.by, now)
            if ended is None:
                return NoLeader(asked.customer, asked.by)
            return LeaderUnmarked(ended, asked.by)
