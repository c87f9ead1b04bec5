"""Gathers requests that arrive within milliseconds into one run of the graph."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

Answer = dict[str, Any]
Parse = Callable[[Sequence[str]], list[Answer]]


class Unparsable(Exception):
    """The graph failed on this one text."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    text: str
    answer: asyncio.Future[Answer]


class Batcher:
    """Runs `parse` in one worker thread on up to `most` texts at a time."""

    def __init__(self, parse: Parse, patience: float, most: int) -> None:
        """`patience` is how long, in seconds, the first of a batch waits for others."""
        self._parse = parse
        self._patience = patience
        self._most = most
        self._queue: asyncio.Queue[_Waiting] = asyncio.Queue()
        self._thread = ThreadPoolExecutor(1, "nlu-graph")
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to work; needs a running loop."""
        self._task = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Stop working; what still waits is cancelled."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        while not self._queue.empty():
            self._queue.get_nowait().answer.cancel()
        self._thread.shutdown(wait=True)

    async def parse(self, text: str) -> Answer:
        """Return the answer for `text`; raises Unparsable when the graph fails on it."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(_Waiting(text, answer))
        return await answer

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            batch = await self._gather()
            texts = [waiting.text for waiting in batch]
            results = await loop.run_in_executor(self._thread, self._run, texts)
            for waiting, result in zip(batch, results, strict=True):
                _settle(waiting.answer, result)

    async def _gather(self) -> list[_Waiting]:
        batch = [await self._queue.get()]
        if self._queue.empty():
            await asyncio.sleep(self._patience)
        while len(batch) < self._most and not self._queue.empty():
            batch.append(self._queue.get_nowait())
        return batch

    def _run(self, texts: Sequence[str]) -> list[Answer | Unparsable]:
        try:
            return [*self._parse(texts)]
        except Exception as error:  # noqa: BLE001  any component may fail on any text
            if len(texts) == 1:
                return [Unparsable(type(error).__name__)]
        return [self._run([text])[0] for text in texts]


def _settle(answer: asyncio.Future[Answer], result: Answer | Unparsable) -> None:
    if answer.done():
        return
    if isinstance(result, Unparsable):
        answer.set_exception(result)
    else:
        answer.set_result(result)
