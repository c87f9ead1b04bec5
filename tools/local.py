"""The house on loopback: sandbox, NLU and bot as processes, for the local run, bench and tests."""

import asyncio
import os
import signal
import socket
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

ROOT = Path(__file__).parent.parent
MERCHANT = ROOT / "sandbox" / "merchant"
LOCAL = "http://127.0.0.1:"
OK = 200

# Made-up values: the fake WeCom and the bot only have to agree on them.
CORP = {
    "WECOM_CORP_ID": "ww0sandbox4xiaoman7",
    "WECOM_AGENT_ID": "1000002",
    "WECOM_SECRET": "sandbox-secret-of-the-app-3Zc8Qw1Lx",
    "WECOM_TOKEN": "sandboxToken7Kd2",
    "WECOM_AES_KEY": "c2FuZGJveC1lbmNvZGluZy1hZXMta2V5LTQzLWNoYXI",
}

BOT = (str(ROOT / ".venv" / "bin" / "python"), "-m", "bot", "all")
SANDBOX = (str(ROOT / ".venv" / "bin" / "python"), "-m", "sandbox")
NLU = (str(ROOT / ".venv-nlu" / "bin" / "python"), "-m", "nlu.serve")


def free_port() -> int:
    """A port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Ports:
    """Where the three listen."""

    bot: int = 8000
    sandbox: int = 8100
    nlu: int = 5005


@dataclass(slots=True)
class House:
    """The three parts. Logs go to `<data_dir>/logs/<part>.log`; `extra` settings win."""

    ports: Ports
    data_dir: Path
    extra: Mapping[str, str] = field(default_factory=dict)
    processes: dict[str, asyncio.subprocess.Process] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def bot_url(self) -> str:
        """The bot's address."""
        return f"{LOCAL}{self.ports.bot}"

    @property
    def sandbox_url(self) -> str:
        """The sandbox's address, its page."""
        return f"{LOCAL}{self.ports.sandbox}"

    def environment(self) -> dict[str, str]:
        """The settings of all parts."""
        return {
            **os.environ,
            **_made_up_credentials(),
            **CORP,
            "PORT": str(self.ports.bot),
            "SANDBOX_PORT": str(self.ports.sandbox),
            "NLU_PORT": str(self.ports.nlu),
            "WECOM_API_BASE": self.sandbox_url,
            "CALLBACK_URL": f"{self.bot_url}/wecom/callback",
            "BOT_CLOCK_URL": f"{self.bot_url}/dev/clock",
            "YOUZAN_PUSH_URL": f"{self.bot_url}/shops/youzan-main/webhook",
            "DOUYIN_PUSH_URL": f"{self.bot_url}/shops/douyin-main/webhook",
            "WECHAT_STORE_PUSH_URL": f"{self.bot_url}/shops/wechat-store/webhook",
            "PUBLIC_URL": self.bot_url,
            "KDNIAO_PUSH_URL": f"{self.bot_url}/carriers/kdniao/push",
            "NLU_URL": f"{LOCAL}{self.ports.nlu}",
            "SHOPS_FILE": str(MERCHANT / "shops.yml"),
            "STAFF_FILE": str(MERCHANT / "staff.yml"),
            "DATABASE_URL": "",
            "REDIS_URL": "",
            "DEV_CLOCK": "true",
            "DATA_DIR": str(self.data_dir),
            "PYTHONUNBUFFERED": "1",
            **self.extra,
        }

    async def start(self, name: str) -> None:
        """Start a part in a process group of its own and wait until it answers 200.

        Raises:
            RuntimeError: it ended, or did not get ready within 90 s; the message tells its log.
        """
        argv, ready = self._part(name)
        log = self._log(name)
        with log.open("ab") as output:
            self.processes[name] = await asyncio.create_subprocess_exec(
                *argv,
                cwd=ROOT,
                env=self.environment(),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        await self._wait_ready(name, ready)

    def kill(self, name: str) -> None:
        """SIGKILL a part and its whole process group."""
        with suppress(ProcessLookupError):
            os.killpg(self.processes[name].pid, signal.SIGKILL)

    async def stop(self) -> None:
        """Ask all parts to end, then make them."""
        await asyncio.gather(*(_stop(each) for each in self.processes.values()))
        self.processes.clear()

    def megabytes(self, name: str) -> int:
        """Resident memory of a part's own process, in MiB (/proc, VmRSS)."""
        status = Path(f"/proc/{self.processes[name].pid}/status").read_text(encoding="ascii")
        line = next(each for each in status.splitlines() if each.startswith("VmRSS"))
        return int(line.split()[1]) // 1024

    def _part(self, name: str) -> tuple[tuple[str, ...], str]:
        return {
            "sandbox": (SANDBOX, f"{self.sandbox_url}/"),
            "nlu": (NLU, f"{LOCAL}{self.ports.nlu}/status"),
            "bot": (BOT, f"{self.bot_url}/readyz"),
        }[name]

    def _log(self, name: str) -> Path:
        folder = self.data_dir / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{name}.log"

    async def _wait_ready(self, name: str, url: str, patience: float = 90) -> None:
        began = time.monotonic()
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=3)) as session:
            while time.monotonic() - began < patience:
                if self.processes[name].returncode is not None:
                    raise RuntimeError(self._tail(name, "ended"))
                if await _answers(session, url):
                    self.seconds[name] = time.monotonic() - began
                    return
                await asyncio.sleep(0.1)
        raise RuntimeError(self._tail(name, "did not get ready"))

    def _tail(self, name: str, what: str) -> str:
        log = self._log(name)
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-20:]
        return "\n".join([f"{name} {what}; the end of {log}:", *lines])


async def start_all(house: House, say: Callable[[str], None] = lambda _: None) -> None:
    """Start the three side by side."""

    async def start(name: str) -> None:
        await house.start(name)
        say(f"  ✔ {name} is ready ({house.seconds[name]:.0f} s)")

    await asyncio.gather(*(start(name) for name in ("sandbox", "nlu", "bot")))


async def _answers(session: aiohttp.ClientSession, url: str) -> bool:
    with suppress(aiohttp.ClientError, TimeoutError):
        async with session.get(url) as answer:
            return answer.status == OK
    return False


async def _stop(process: asyncio.subprocess.Process) -> None:
    for each in (signal.SIGTERM, signal.SIGKILL):
        if process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, each)
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), 15)


def _made_up_credentials() -> dict[str, str]:
    lines = (MERCHANT / "sandbox.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
