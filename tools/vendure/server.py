"""Starts the Vendure shop that `tools/setup.sh vendure` has made, on loopback."""

import asyncio
import os
import shutil
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
HOME = ROOT / ".cache" / "vendure"
HERE = Path(__file__).parent
_PATIENCE = 60.0
"""Seconds until it must be ready; it takes two to four, more on a busy machine."""
_END = 10.0
ADMINISTRATOR = ("xiaoman", "xiaoman-loopback")


@dataclass(frozen=True, slots=True)
class Hook:
    """Where the shop posts its events, and the secret it signs them with."""

    url: str
    secret: str


class VendureServer:
    """One shop server: its database in `folder`, at first as it was stocked, and its log beside it.

    What it sold is kept when it is stopped, and lost when it is killed.
    """

    def __init__(self, folder: Path, port: int = 0, hook: Hook | None = None) -> None:
        self.url = ""
        self._folder = folder
        self._port = port
        self._hook = hook
        self._process: asyncio.subprocess.Process | None = None

    @property
    def api_key(self) -> str:
        """The key that was made for us when the shop was stocked."""
        return (HOME / "api-key").read_text(encoding="ascii").strip()

    @property
    def log(self) -> Path:
        """What the server prints."""
        return self._folder / "vendure.log"

    async def start(self) -> None:
        """Start it and wait until it answers; started again it keeps its port.

        Raises:
            RuntimeError: it was never set up, it ended, or it did not get ready in time.
        """
        if not (HOME / ".ready").exists():
            raise RuntimeError("vendure is not set up: run `tools/setup.sh vendure`")
        self._folder.mkdir(parents=True, exist_ok=True)
        database = self._folder / "shop.sqlite"
        if not database.exists():
            shutil.copy(HOME / "seed.sqlite", database)
        with self.log.open("wb") as output:
            self._process = await asyncio.create_subprocess_exec(
                (HOME / "node").read_text(encoding="utf-8"),
                str(HERE / "serve.js"),
                str(database),
                str(self._port),
                env=self._environment(),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        self.url = await self._wait_ready(self._process)
        self._port = int(self.url.rpartition(":")[2])

    async def wait(self) -> None:
        """Wait until it ends by itself."""
        if self._process is not None:
            await self._process.wait()

    async def kill(self) -> None:
        """End it at once, in the middle of whatever it does."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """Ask it to keep its database and end; make it end when it does not."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._end(signal.SIGTERM), _END)
        await self._end(signal.SIGKILL)

    async def _end(self, how: signal.Signals) -> None:
        if self._process is None or self._process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, how)
        await self._process.wait()

    def _environment(self) -> dict[str, str]:
        hook = self._hook or Hook("", "")
        return {
            **os.environ,
            "NODE_PATH": str(HOME / "node_modules"),
            "VENDURE_DISABLE_TELEMETRY": "true",
            "SHOP_WEBHOOK_URL": hook.url,
            "SHOP_WEBHOOK_SECRET": hook.secret,
        }

    async def _wait_ready(self, process: asyncio.subprocess.Process) -> str:
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                while process.returncode is None:
                    lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
                    for line in lines:
                        if line.startswith("READY "):
                            return line.removeprefix("READY ")
                    await asyncio.sleep(0.05)
        await self.kill()
        end = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-20:]
        raise RuntimeError("\n".join(["vendure did not get ready; the end of its log:", *end]))
