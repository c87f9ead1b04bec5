"""Plays conversations against the running house and writes them down: `make conversations`."""

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import yaml

from tools.local import House, Ports, free_port, start_all

SCRIPT = Path(__file__).with_name("conversations.yml")
PAGE = Path(__file__).parent.parent / "docs" / "conversations.md"
SHANGHAI = ZoneInfo("Asia/Shanghai")

_FIRST_SECONDS = 4
_QUIET_SECONDS = 2
_NAMES = {"customer": "顾客", "bot": "掌柜", "servicer": "同事", "member": "同事"}
_HEAD = """# Conversations

Written down by `make conversations` from the running house (sandbox, NLU and bot as processes),
as each person reads them. Lines in 〔 〕 can be tapped.
"""


@dataclass
class Seat:
    """One person's screen; `seen` is the last line that was written down."""

    name: str
    seen: int = 0
    lines: list[dict[str, Any]] = field(default_factory=list)


class Player:
    """Plays one conversation and keeps what everybody read."""

    def __init__(self, control: aiohttp.ClientSession, who: Mapping[str, str]) -> None:
        self._control, self._who = control, who
        self._seats: dict[str, Seat] = {}
        self._page: list[str] = []

    async def play(self, steps: list[dict[str, Any]]) -> str:
        """Play all steps; returns the Markdown of the conversation."""
        name = f"customer:{self._who['open_kfid']}:{self._who['external_userid']}"
        self._seats["customer"] = await self._at_end(name)
        for step in steps:
            ((kind, what),) = step.items()
            await getattr(self, f"_{kind}")(what)
            if kind not in ("sees", "clock"):
                await self._write_down("customer")
        return "\n".join(self._page)

    async def _says(self, what: str | list[str]) -> None:
        for text in [what] if isinstance(what, str) else what:
            await self._post("customer/message", {**self._who, "text": text})

    async def _taps(self, label: str) -> None:
        items = [
            item["click"]
            for line in reversed(self._seats["customer"].lines)
            for item in line["body"].get("list", [])
            if label in item.get("click", {}).get("content", "")
        ]
        if not items:
            raise LookupError(f"nobody offered {label!r} in {self._who}")
        menu = {"id": items[0]["id"], "content": items[0]["content"]}
        await self._post("customer/message", {**self._who, "menu": menu})

    async def _sees(self, userid: str) -> None:
        await self._member(userid)
        await self._write_down(userid)

    async def _clicks(self, what: Mapping[str, str]) -> None:
        seat = await self._member(what["who"])
        await self._fetch(seat)
        for line in reversed(seat.lines):
            for button in line["body"].get("button_list", []):
                if button["text"] == what["button"]:
                    click = {"userid": what["who"], "msgid": line["id"], "key": button["key"]}
                    await self._post("staff/card", click)
                    self._page.append(f"\n> {what['who']} 点了〔{what['button']}〕\n")
                    return
        raise LookupError(f"no button {what['button']!r} for {what['who']}")

    async def _types(self, what: Mapping[str, str]) -> None:
        await self._member(what["who"])
        await self._post("staff/message", {"userid": what["who"], "text": what["text"]})
        await self._write_down(what["who"])

    async def _serves(self, what: Mapping[str, str]) -> None:
        servicer = {"userid": what["who"], "external_userid": self._who["external_userid"]}
        await self._post("servicer/take", servicer, may_fail=True)
        await self._post("servicer/say", {**servicer, "text": what["text"]})

    async def _ends(self, userid: str) -> None:
        servicer = {"userid": userid, "external_userid": self._who["external_userid"]}
        await self._post("servicer/end", servicer)

    async def _clock(self, what: str) -> None:
        async with self._control.get("/sandbox/clock") as answer:
            shown = await answer.json()
        here = datetime.fromisoformat(shown["now"]).astimezone(SHANGHAI)
        target = datetime.combine(here.date(), time.fromisoformat(what), SHANGHAI)
        ahead = target - here if target > here else target + timedelta(days=1) - here
        offset = int(shown["offset_seconds"] + ahead.total_seconds())
        await self._post("clock", {"offset_seconds": offset})
        self._page.append(f"\n> 时间到了 {what}\n")

    async def _member(self, userid: str) -> Seat:
        if userid not in self._seats:
            seat = Seat(f"member:{userid}")
            self._seats[userid] = seat
            await self._fetch(seat)
            about = self._seats["customer"].lines
            began = min((line["at"] for line in about), default=0)
            seat.seen = max((line["seq"] for line in seat.lines if line["at"] < began), default=0)
        return self._seats[userid]

    async def _write_down(self, who: str) -> None:
        """Wait until a seat is quiet, and write what came in."""
        seat = self._seats[who]
        after, seconds = seat.seen, _FIRST_SECONDS
        while await self._fetch(seat, seconds):
            seconds = _QUIET_SECONDS
        for line in sorted(seat.lines, key=lambda each: each["at"]):
            if line["seq"] > after and line.get("written") is None:
                line["written"] = True
                self._page.append(_told(line, who))

    async def _fetch(self, seat: Seat, wait: int = 0) -> bool:
        """Fetch new lines; True if there were some."""
        query = {"seat": seat.name, "since": str(seat.seen), "wait": str(wait)}
        async with self._control.get("/sandbox/transcript", params=query) as answer:
            lines = (await answer.json())["lines"]
        for line in lines:
            known = next((each for each in seat.lines if each["id"] == line["id"]), None)
            if known is None:
                seat.lines.append(line)
            else:
                known.update(line)
            seat.seen = max(seat.seen, line["seq"])
        return bool(lines)

    async def _at_end(self, name: str) -> Seat:
        seat = Seat(name)
        await self._fetch(seat)
        seat.lines.clear()
        return seat

    async def _post(
        self, path: str, body: Mapping[str, object], *, may_fail: bool = False
    ) -> dict[str, Any]:
        async with self._control.post(f"/sandbox/{path}", json=body) as answer:
            if answer.status != 200 and not may_fail:
                raise RuntimeError(f"{path}: {answer.status} {await answer.text()}")
            return dict(await answer.json())


def _told(line: Mapping[str, Any], who: str) -> str:
    """One line as its reader sees it."""
    name = _NAMES.get(line["sender"], line["sender"])
    if who != "customer":
        name = f"{who}（应用消息）" if line["sender"] == "bot" else who
    text = _text(line["body"], line["kind"]).strip()
    quoted = "  \n".join(text.splitlines())
    return f"**{name}**：{quoted}\n"


def _text(body: Mapping[str, Any], kind: str) -> str:
    if kind == "template_card":
        return _card(body)
    if kind == "msgmenu":
        lines = [str(body.get("head_content", ""))]
        for item in body.get("list", []):
            click = item.get("click") or item.get("text") or {}
            lines.append(f"〔{click.get('content', '')}〕")
        return "\n".join([*lines, str(body.get("tail_content", ""))])
    if isinstance(body.get("content"), str):
        return str(body["content"])
    return str(body.get("text", f"（{kind}）"))


def _card(body: Mapping[str, Any]) -> str:
    title = body.get("main_title", {})
    rows = [f"{row['keyname']}：{row['value']}" for row in body.get("horizontal_content_list", [])]
    buttons = "".join(f"〔{button['text']}〕" for button in body.get("button_list", []))
    head = [title.get("title", ""), title.get("desc", ""), body.get("sub_title_text", "")]
    return "\n".join(part for part in (*head, *rows, buttons) if part)


async def _who(control: aiohttp.ClientSession, name: str, number: int) -> dict[str, str]:
    async with control.get("/sandbox/state") as answer:
        people = (await answer.json())["customers"]
    found = next((each for each in people if each["nickname"] == name), None)
    if found is None:
        asked = {"nickname": f"顾客{number}"}
        async with control.post("/sandbox/customers", json=asked) as answer:
            found = await answer.json()
    return {name: found[name] for name in ("external_userid", "open_kfid")}


async def main() -> int:
    """Play all conversations in one house and write the page."""
    told: list[str] = [_HEAD]
    with TemporaryDirectory() as folder:
        house = House(Ports(free_port(), free_port(), free_port()), Path(folder))
        try:
            await start_all(house)
            async with aiohttp.ClientSession(house.sandbox_url) as control:
                script = yaml.safe_load(SCRIPT.read_text(encoding="utf-8"))["conversations"]
                for number, each in enumerate(script, start=1):
                    sys.stdout.write(f"{number}. {each['title']}\n")
                    player = Player(control, await _who(control, each["who"], number))
                    lines = await player.play(each["steps"])
                    told.append(f"## {number}. {each['title']}\n\n{each['about']}\n\n{lines}")
        finally:
            await house.stop()
    PAGE.write_text("\n".join(told).rstrip() + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
