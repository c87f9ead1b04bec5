"""`make run`: sandbox, NLU and bot on loopback, with progress, until Ctrl-C."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp

ROOT = Path(__file__).parent.parent
LOGS = ROOT / ".data" / "logs"
READY_SECONDS = 90
STOP_SECONDS = 10

# Made-up values: the fake WeCom and the bot only have to agree on them.
CORP = {
    "WECOM_CORP_ID": "ww0sandbox4xiaoman7",
    "WECOM_AGENT_ID": "1000002",
    "WECOM_SECRET": "sandbox-secret-of-the-app-3Zc8Qw1Lx",
    "WECOM_TOKEN": "sandboxToken7Kd2",
    "WECOM_AES_KEY": "c2FuZGJveC1lbmNvZGluZy1hZXMta2V5LTQzLWNoYXI",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A process of the local run, and where it says that it is ready."""

    name: str
    argv: tuple[str, ...]
    ready: str


def ports() -> Mapping[str, str]:
    """The ports, each to be changed by its variable."""
    names = {"PORT": "8000", "SANDBOX_PORT": "8100", "NLU_PORT": "5005"}
    return {name: os.environ.get(name, default) for name, default in names.items()}


def environment() -> dict[str, str]:
    """The settings of all three parts, on top of the caller's own."""
    at = ports()
    merchant = ROOT / "sandbox" / "merchant"
    made_up = dict(
        line.split("=", 1)
        for line in (merchant / "sandbox.env").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
    bot, sandbox = f"http://127.0.0.1:{at['PORT']}", f"http://127.0.0.1:{at['SANDBOX_PORT']}"
    return {
        **made_up,
        **CORP,
        **at,
        "WECOM_API_BASE": sandbox,
        "CALLBACK_URL": f"{bot}/wecom/callback",
        "BOT_CLOCK_URL": f"{bot}/dev/clock",
        "NLU_URL": f"http://127.0.0.1:{at['NLU_PORT']}",
        "SHOPS_FILE": str(merchant / "shops.yml"),
        "STAFF_FILE": str(merchant / "staff.yml"),
        "DEV_CLOCK": "true",
        "DATA_DIR": str(ROOT / ".data" / "run"),
        **os.environ,
        "PYTHONUNBUFFERED": "1",
    }


def parts() -> tuple[Part, ...]:
    """What is started, in this order."""
    at = ports()
    bot = str(ROOT / ".venv" / "bin" / "python")
    nlu = str(ROOT / ".venv-nlu" / "bin" / "python")
    local = "http://127.0.0.1"
    return (
        Part("sandbox", (bot, "-m", "sandbox"), f"{local}:{at['SANDBOX_PORT']}/"),
        Part("nlu", (nlu, "-m", "nlu.serve"), f"{local}:{at['NLU_PORT']}/status"),
        Part("bot", (bot, "-m", "bot", "all"), f"{local}:{at['PORT']}/readyz"),
    )


async def start(part: Part) -> asyncio.subprocess.Process:
    """Start a part in a process group of its own, its output in .data/logs/<name>.log."""
    LOGS.mkdir(parents=True, exist_ok=True)
    with (LOGS / f"{part.name}.log").open("wb") as log:
        return await asyncio.create_subprocess_exec(
            *part.argv, cwd=ROOT, env=environment(), stdout=log, stderr=log, start_new_session=True
        )


async def wait_ready(part: Part, process: asyncio.subprocess.Process) -> None:
    """Wait until a part answers 200.

    Raises:
        SystemExit: it ended, or took too long; the end of its log is shown.
    """
    began = time.monotonic()
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=3)) as session:
        while time.monotonic() - began < READY_SECONDS:
            if process.returncode is not None:
                break
            with suppress(aiohttp.ClientError, TimeoutError):
                async with session.get(part.ready) as answer:
                    if answer.status == 200:
                        print(f"  ✔ {part.name} is ready ({time.monotonic() - began:.0f} s)")
                        return
            await asyncio.sleep(0.2)
    tail = (LOGS / f"{part.name}.log").read_text(errors="replace").splitlines()[-15:]
    print("\n".join(tail), file=sys.stderr)
    raise SystemExit(
        f"run: {part.name} did not get ready; its whole log is .data/logs/{part.name}.log"
    )


async def stop(process: asyncio.subprocess.Process) -> None:
    """Ask a part to end, then make it."""
    for each in (signal.SIGTERM, signal.SIGKILL):
        if process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, each)
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), STOP_SECONDS)


async def run() -> None:
    """Start all parts side by side, say where the page is, and wait for Ctrl-C."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stopping.set)
    print("Starting the sandbox (fake WeCom and shops), the NLU and the bot on loopback …")
    running = {part: await start(part) for part in parts()}
    try:
        await asyncio.gather(*(wait_ready(part, process) for part, process in running.items()))
        page = f"http://127.0.0.1:{ports()['SANDBOX_PORT']}/"
        print(f"\n  掌柜 is open: {page}\n  Logs: .data/logs/   Stop: Ctrl-C\n")
        ended = [asyncio.create_task(process.wait()) for process in running.values()]
        waiting = asyncio.create_task(stopping.wait())
        await asyncio.wait([waiting, *ended], return_when=asyncio.FIRST_COMPLETED)
        if not stopping.is_set():
            raise SystemExit("run: a part ended by itself; see .data/logs/")
    finally:
        print("Stopping …")
        await asyncio.gather(*(stop(process) for process in reversed(running.values())))


if __name__ == "__main__":
    asyncio.run(run())
