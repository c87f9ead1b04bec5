"""`make run`: sandbox, NLU and bot on loopback, with progress, until Ctrl-C."""

import asyncio
import os
import signal

from tools.local import ROOT, House, Ports, start_all


def ports() -> Ports:
    """The ports, each to be changed by its variable."""
    return Ports(
        bot=int(os.environ.get("PORT", "8000")),
        sandbox=int(os.environ.get("SANDBOX_PORT", "8100")),
        nlu=int(os.environ.get("NLU_PORT", "5005")),
    )


async def run() -> None:
    """Start all parts, say where the page is, and wait for Ctrl-C or the end of a part."""
    stopping = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stopping.set)
    own = {name: os.environ[name] for name in ("SHOPS_FILE",) if name in os.environ}
    house = House(ports(), ROOT / ".data" / "run", own)
    print("Starting the sandbox (fake WeCom and shops), the NLU and the bot on loopback …")
    try:
        await start_all(house, print)
        print(f"\n  掌柜 is open: {house.sandbox_url}/")
        print("  Logs: .data/run/logs/   Stop: Ctrl-C\n")
        ended = [asyncio.create_task(each.wait()) for each in house.processes.values()]
        waiting = asyncio.create_task(stopping.wait())
        await asyncio.wait([waiting, *ended], return_when=asyncio.FIRST_COMPLETED)
        if not stopping.is_set():
            raise SystemExit("run: a part ended by itself; see .data/run/logs/")
    except RuntimeError as error:
        raise SystemExit(f"run: {error}") from error
    finally:
        print("Stopping …")
        await house.stop()


if __name__ == "__main__":
    asyncio.run(run())
