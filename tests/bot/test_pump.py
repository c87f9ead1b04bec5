"""The pump fetches as long as there is room, and outlives what goes wrong."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from bot.pump import Pump, Wake


class Work:
    """Pieces of work: numbers; negative ones fail."""

    def __init__(self, pieces: list[int]) -> None:
        self.waiting = pieces
        self.done: list[int] = []
        self.at_once = 0
        self.most_at_once = 0
        self.fetch_fails = 0
        self.progress = asyncio.Event()

    async def reached(self, count: int) -> None:
        while len(self.done) < count:
            await self.progress.wait()
            self.progress.clear()

    async def fetch(self, room: int) -> Sequence[int]:
        if self.fetch_fails:
            self.fetch_fails -= 1
            raise ConnectionError("the database is away")
        taken, self.waiting = self.waiting[:room], self.waiting[room:]
        return taken

    async def do(self, piece: int) -> bool:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0.001)
        self.at_once -= 1
        if piece < 0:
            raise ValueError("bad piece")
        self.done.append(piece)
        self.progress.set()
        return False


async def run_until(work: Work, wake: Wake, count: int, room: int = 4, poll: float = 5) -> None:
    pump = asyncio.create_task(Pump("test", work.fetch, work.do, wake, room, poll).run())
    async with asyncio.timeout(10):
        await work.reached(count)
    pump.cancel()
    with suppress(asyncio.CancelledError):
        await pump


async def test_all_pieces_are_done_and_never_more_at_once_than_there_is_room() -> None:
    work = Work(list(range(50)))
    await run_until(work, Wake(), 50)
    assert sorted(work.done) == list(range(50))
    assert work.most_at_once <= 4


async def test_a_bad_piece_leaves_the_others_alone() -> None:
    work = Work([1, -2, 3])
    await run_until(work, Wake(), 2)
    assert sorted(work.done) == [1, 3]


async def test_a_ring_brings_new_work_at_once() -> None:
    work, wake = Work([]), Wake()
    pump = asyncio.create_task(run_until(work, wake, 1, poll=60))
    await asyncio.sleep(0.01)
    work.waiting = [7]
    wake.ring()
    await pump
    assert work.done == [7]


async def test_a_lost_ring_costs_a_poll_and_nothing_else() -> None:
    work = Work([])
    pump = asyncio.create_task(run_until(work, Wake(), 1, poll=0.02))
    await asyncio.sleep(0.05)
    work.waiting = [7]
    await pump


async def test_a_fetch_that_fails_is_tried_again() -> None:
    work = Work([1, 2])
    work.fetch_fails = 3
    await run_until(work, Wake(), 2, poll=0.01)


async def test_what_is_under_way_is_finished_when_the_pump_is_stopped() -> None:
    work = Work([1])
    pump = asyncio.create_task(Pump("test", work.fetch, work.do, Wake(), 4, 5).run())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    pump.cancel()
    with suppress(asyncio.CancelledError):
        await pump
    assert work.done in ([1], [])
    assert work.at_once == 0
