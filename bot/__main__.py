"""The command line: `python -m bot all | serve | work | tick | check`."""

import argparse
import asyncio
import gc
import signal
import sys
from contextlib import suppress

from pydantic import ValidationError

from bot.checking import check
from bot.roles import ROLES, run_roles
from bot.settings import Settings
from bot.telemetry import configure_logging
from bot.wiring import build_house
from desk.kernel.errors import DeskError

_USAGE_ERROR = 2


def main() -> int:
    """Run what the command line names; 0 after a clean stop, 1 after a failed check."""
    parser = argparse.ArgumentParser(prog="bot", description="掌柜: the assistant's process")
    parser.add_argument("role", choices=("all", *ROLES, "check"))
    role = parser.parse_args().role
    try:
        settings = Settings()
    except ValidationError as error:
        for each in error.errors():
            name = "_".join(str(part) for part in each["loc"]).upper()
            sys.stderr.write(f"bot: setting {name}: {each['msg']}\n")
        return _USAGE_ERROR
    configure_logging(settings.log_level)
    if role == "check":
        return asyncio.run(check(settings))
    return asyncio.run(_run(settings, ROLES if role == "all" else (role,)))


async def _run(settings: Settings, roles: tuple[str, ...]) -> int:
    """Run roles until SIGINT or SIGTERM."""
    running = asyncio.current_task()
    assert running is not None
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, running.cancel)
    try:
        with suppress(asyncio.CancelledError):
            async with build_house(settings) as house:
                # What is loaded stays for ever: the collector need not stop the loop to see it.
                gc.collect()
                gc.freeze()
                await run_roles(house, roles)
    except DeskError as error:
        sys.stderr.write(f"bot: {error.code}: {error.say}\n")
        return _USAGE_ERROR
    return 0


if __name__ == "__main__":
    sys.exit(main())
