"""A running house seen from its seats: customers, agents, the manager, and the clock."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import aiohttp

from tools.local import House

PATIENCE = 15.0


@dataclass(slots=True)
class Seat:
    """One seat: what its person sees, read so far up to `seen`."""

    control: aiohttp.ClientSession
    name: str
    seen: int = 0
    lines: list[dict[str, Any]] = field(default_factory=list)

    async def next_lines(self, count: int = 1, patience: float = PATIENCE) -> list[dict[str, Any]]:
        """Wait for the bot's next lines; fewer when patience runs out."""
        fresh: list[dict[str, Any]] = []
        deadline = time.monotonic() + patience
        while len(fresh) < count and time.monotonic() < deadline:
            wait = max(0, int(deadline - time.monotonic()))
            query = {"seat": self.name, "since": str(self.seen), "wait": str(min(wait, 5))}
            async with self.control.get("/sandbox/transcript", params=query) as answer:
                body = await answer.json()
            for line in body["lines"]:
                self.seen = max(self.seen, line["seq"])
                self.lines.append(line)
                if line["sender"] == "bot":
                    fresh.append(line)
        return fresh

    async def hears(self, words: str, patience: float = PATIENCE) -> str:
        """Wait until the bot has said something with these words, and return all of that text."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            for line in await self.next_lines(1, deadline - time.monotonic()):
                if words in text_of(line):
                    return text_of(line)
        said = "\n---\n".join(text_of(line) for line in self.lines)
        raise AssertionError(f"nobody said {words!r} in {self.name}; it reads:\n{said}")

    async def hears_nothing_more(self, seconds: float = 1.5) -> None:
        """Fail if the bot says anything within some seconds."""
        more = await self.next_lines(1, seconds)
        assert not more, text_of(more[0])


SeatT = TypeVar("SeatT", bound=Seat)


@dataclass(slots=True)
class Customer(Seat):
    """The customer's seat."""

    external_userid: str = ""
    open_kfid: str = ""

    @property
    def who(self) -> dict[str, str]:
        """How the control API names this chat."""
        return {"open_kfid": self.open_kfid, "external_userid": self.external_userid}

    async def says(self, text: str) -> dict[str, Any]:
        """Write something."""
        return await post(self.control, "/sandbox/customer/message", {**self.who, "text": text})

    async def sends(self, **content: Any) -> dict[str, Any]:
        """Send something that is not text (image=…, link=…, location=…, raw=…)."""
        return await post(self.control, "/sandbox/customer/message", {**self.who, **content})

    async def taps(self, label: str) -> None:
        """Tap the latest menu line with this label."""
        for line in reversed(self.lines):
            for item in line["body"].get("list", []):
                click = item.get("click", {})
                if label in click.get("content", ""):
                    await self.sends(menu={"id": click["id"], "content": click["content"]})
                    return
        raise AssertionError(f"no menu line {label!r} in {self.name}")

    async def asks(self, text: str, words: str) -> str:
        """Write something and wait for an answer with these words."""
        await self.says(text)
        return await self.hears(words)


@dataclass(slots=True)
class Member(Seat):
    """A member of staff's seat."""

    userid: str = ""

    async def says(self, text: str) -> None:
        """Write to the app."""
        await post(self.control, "/sandbox/staff/message", {"userid": self.userid, "text": text})

    async def asks(self, text: str, words: str) -> str:
        """Write to the app and wait for an answer with these words."""
        await self.says(text)
        return await self.hears(words)

    async def clicks(self, words: str, label: str) -> None:
        """Click a button of the latest card that holds these words."""
        for line in reversed(self.lines):
            if line["kind"] == "template_card" and words in text_of(line):
                for button in line["body"].get("button_list", []):
                    if button["text"] == label:
                        clicked = {"userid": self.userid, "msgid": line["id"]}
                        await post(
                            self.control, "/sandbox/staff/card", {**clicked, "key": button["key"]}
                        )
                        return
        raise AssertionError(f"no card with {words!r} and button {label!r} in {self.name}")


@dataclass(slots=True)
class World:
    """The running house."""

    house: House
    control: aiohttp.ClientSession

    async def customer(self, nickname: str = "新顾客") -> Customer:
        """A customer who has never been here."""
        shown = await post(self.control, "/sandbox/customers", {"nickname": nickname})
        return self.known(shown["external_userid"], shown["open_kfid"])

    def known(self, external_userid: str, open_kfid: str) -> Customer:
        """A customer of the merchant's story."""
        name = f"customer:{open_kfid}:{external_userid}"
        return Customer(self.control, name, external_userid=external_userid, open_kfid=open_kfid)

    async def story_customer(self, nickname: str) -> Customer:
        """A customer of the merchant's story, by nickname."""
        state = await self.state()
        found = next(each for each in state["customers"] if each["nickname"] == nickname)
        return await self._at_end(self.known(found["external_userid"], found["open_kfid"]))

    async def member(self, userid: str) -> Member:
        """A member of staff, from now on."""
        return await self._at_end(Member(self.control, f"member:{userid}", userid=userid))

    async def state(self) -> dict[str, Any]:
        """Everything that the page shows."""
        async with self.control.get("/sandbox/state") as answer:
            return dict(await answer.json())

    async def faults(self, **what: Any) -> None:
        """Have the fake WeCom misbehave."""
        await post(self.control, "/sandbox/faults", what)

    async def well_again(self) -> None:
        """End all faults of the fake WeCom."""
        async with self.control.delete("/sandbox/faults") as answer:
            answer.raise_for_status()

    async def shop(self, prefix: str, **what: Any) -> None:
        """Tell a fake shop to change or misbehave."""
        await post(self.control, f"/{prefix}/_control", what)

    async def turn_clock(self, seconds: int) -> None:
        """Turn both clocks to this many seconds ahead of real time."""
        await post(self.control, "/sandbox/clock", {"offset_seconds": seconds})

    async def deliveries(self) -> list[dict[str, Any]]:
        """Every callback that was sent to the bot."""
        async with self.control.get("/sandbox/deliveries") as answer:
            return list((await answer.json())["deliveries"])

    async def calls(self) -> list[dict[str, Any]]:
        """Every call that the bot made."""
        async with self.control.get("/sandbox/calls") as answer:
            return list((await answer.json())["calls"])

    async def _at_end(self, seat: SeatT) -> SeatT:
        query = {"seat": seat.name, "since": "0"}
        async with self.control.get("/sandbox/transcript", params=query) as answer:
            lines = (await answer.json())["lines"]
        seat.seen = max((line["seq"] for line in lines), default=0)
        return seat


async def post(
    control: aiohttp.ClientSession, path: str, body: Mapping[str, Any]
) -> dict[str, Any]:
    """POST to the control API; an error of it fails the test with its words."""
    async with control.post(path, json=dict(body)) as answer:
        text = await answer.text()
        assert answer.status < 300, f"{path}: {answer.status} {text}"
        return dict(await answer.json())


def text_of(line: Mapping[str, Any]) -> str:
    """All the text of a line: bubbles, menus, cards."""

    def texts(value: Any) -> list[str]:
        if isinstance(value, str):
            return [value]
        if isinstance(value, Mapping):
            return [each for part in value.values() for each in texts(part)]
        if isinstance(value, list):
            return [each for part in value for each in texts(part)]
        return []

    return "\n".join(texts(line["body"]))


async def asked_of(words: str, *members: Member) -> Member:
    """Wait until one of these hears these words, and tell who."""
    waiting = {asyncio.create_task(each.hears(words)): each for each in members}
    done, others = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    first = done.pop()
    first.result()
    return waiting[first]


async def eventually(check: Any, patience: float = PATIENCE) -> Any:
    """Wait until an async check gives something true."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if found := await check():
            return found
        await asyncio.sleep(0.1)
    raise AssertionError("it did not happen in time")
