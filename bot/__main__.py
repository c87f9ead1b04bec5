"""The command line: `python -m bot all | serve | work | tick | check | rules | routes | …`."""

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
from bot.phrases import load_phrases
from bot.reviews.export import DEFAULT, export_corrections
from bot.roles import ROLES, run_roles
from bot.routes_check import check_routes
from bot.rules_check import check_rules
from bot.settings import Settings
from bot.telemetry import configure_logging
from bot.templates import cli as templates
from bot.templates.head_office import HeadOffice
from bot.wiring import build_house
from desk.kernel.errors import DeskError
from desk.phrases.book import PhraseBook

_USAGE_ERROR = 2


def main() -> int:
    """Run what the command line names; 0 after a clean stop, 1 after a failed check."""
    given = _parser().parse_args()
    try:
        settings = Settings()
    except ValidationError as error:
        for each in error.errors():
            name = "_".join(str(part) for part in each["loc"]).upper()
            sys.stderr.write(f"bot: setting {name}: {each['msg']}\n")
        return _USAGE_ERROR
    configure_logging(settings.log_level)
    return asyncio.run(_guarded(given.run(settings, given)))


def _parser() -> argparse.ArgumentParser:
    """Each command sets `run`: from the settings and what was given to the exit code."""
    parser = argparse.ArgumentParser(prog="bot", description="掌柜: the assistant's process")
    parts = parser.add_subparsers(dest="role", required=True)
    for role in ("all", *ROLES):
        parts.add_parser(role).set_defaults(run=_run)
    parts.add_parser("check").set_defaults(run=_check)
    rules = parts.add_parser("rules").add_subparsers(dest="what", required=True)
    rules.add_parser("check").set_defaults(run=_check_rules)
    routes = parts.add_parser("routes").add_subparsers(dest="what", required=True)
    trying = routes.add_parser("check")
    trying.add_argument("words", nargs="*", metavar="key=value", help="kind=return region=上海 …")
    trying.set_defaults(run=_check_routes)
    export = parts.add_parser("export-corrections")
    export.add_argument("--out", type=Path, default=DEFAULT, help="new file (default: %(default)s)")
    export.set_defaults(run=_export)
    templates.add_to(parts, _templates)
    return parser


async def _guarded(work: Coroutine[None, None, int]) -> int:
    """Do the work; what the merchant has to repair is said in a sentence."""
    try:
        return await work
    except DeskError as error:
        sys.stderr.write(f"bot: {error.code}: {error.say}\n")
        return _USAGE_ERROR


async def _check(settings: Settings, _: argparse.Namespace) -> int:
    """Say what is missing or misconfigured."""
    return await check(settings)


async def _check_rules(settings: Settings, _: argparse.Namespace) -> int:
    """Look through the merchant's rules; nothing else is started for that."""
    return check_rules(settings.shops_file)


async def _check_routes(settings: Settings, given: argparse.Namespace) -> int:
    """Look through the merchant's routes, and try them on a ticket such as is named."""
    return check_routes(settings.shops_file, given.words)


async def _templates(settings: Settings, given: argparse.Namespace) -> int:
    """List, publish, compare or put back templates."""
    book = PhraseBook(load_phrases(override_path=settings.phrases_file))
    async with build_house(settings) as house:
        return await HeadOffice(house.desk, house.database, book).run(given)


async def _export(settings: Settings, given: argparse.Namespace) -> int:
    """Write what people corrected into a file, to be looked at and trained on."""
    async with build_house(settings) as house:
        return await export_corrections(house.database, house.clock, given.out)


async def _run(settings: Settings, given: argparse.Namespace) -> int:
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
            await run_roles(house, ROLES if given.role == "all" else (given.role,))
    return 0


if __name__ == "__main__":
    sys.exit(main())
