"""The command line: `python -m bot all | serve | work | tick | check | rules check | …`."""

import argparse
import asyncio
import gc
import signal
import sys
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path

from pydantic import ValidationError

from bot.checking import check
from bot.reviews.export import DEFAULT, export_corrections
from bot.roles import ROLES, run_roles
from bot.rules_check import check_rules
from bot.settings import Settings
from bot.telemetry import configure_logging
from bot.wiring import build_house
from desk.kernel.errors import DeskError

_USAGE_ERROR = 2
_EXPORT = "export-corrections"
_RULES = "rules"


def main() -> int:
    """Run what the command line names; 0 after a clean stop, 1 after a failed check."""
    parser = argparse.ArgumentParser(prog="bot", description="掌柜: the assistant's process")
    parser.add_argument("role", choices=("all", *ROLES, "check", _RULES, _EXPORT))
    parser.add_argument("what", nargs="*", help=f"{_RULES}: check")
    parser.add_argument(
        "--out", type=Path, default=DEFAULT, help=f"{_EXPORT}: a new file (default: %(default)s)"
    )
    given = parser.parse_args()
    role: str = given.role
    try:
        settings = Settings()
    except ValidationError as error:
        for each in error.errors():
            name = "_".join(str(part) for part in each["loc"]).upper()
            sys.stderr.write(f"bot: setting {name}: {each['msg']}\n")
        return _USAGE_ERROR
    configure_logging(settings.log_level)
    if role == _RULES:
        if given.what != ["check"]:
            parser.error(f"{_RULES}: write `{_RULES} check`")
        return asyncio.run(_guarded(_check_rules(settings)))
    if given.what:
        parser.error(f"{role}: nothing follows it")
    if role == "check":
        return asyncio.run(_guarded(check(settings)))
    if role == _EXPORT:
        return asyncio.run(_guarded(_export(settings, given.out)))
    return asyncio.run(_guarded(_run(settings, ROLES if role == "all" else (role,))))


async def _guarded(work: Coroutine[None, None, int]) -> int:
    """Do the work; what the merchant has to repair is said in a sentence."""
    try:
        return await work
    except DeskError as error:
        sys.stderr.write(f"bot: {error.code}: {error.say}\n")
        return _USAGE_ERROR


async def _check_rules(settings: Settings) -> int:
    """Look through the merchant's rules; nothing else is started for that."""
    return check_rules(settings.shops_file)


async def _export(settings: Settings, out: Path) -> int:
    """Write what people corrected into a file, to be looked at and trained on."""
    async with build_house(settings) as house:
        return await export_corrections(house.database, house.clock, out)


async def _run(settings: Settings, roles: tuple[str, ...]) -> int:
    """Run roles until SIGINT or SIGTERM."""
    running = asyncio.current_task()
    assert running is not None
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, running.cancel)
    with suppress(asyncio.CancelledError):
        async with build_house(settings) as house:
            # What is loaded stays for ever: the collector need not stop the loop to see it.
            gc.collect()
            gc.freeze()
            await run_roles(house, roles)
    return 0


if __name__ == "__main__":
    sys.exit(main())
