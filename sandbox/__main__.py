"""`python -m sandbox`: serve until interrupted."""

import os
import sys

from aiohttp import web

from sandbox.server import build_app
from sandbox.settings import SettingsMissing, from_environment


def main() -> int:
    """Returns the process's exit code."""
    try:
        settings = from_environment(os.environ)
    except SettingsMissing as missing:
        sys.stderr.write(f"sandbox: {missing}\n")
        return 2
    sys.stderr.write(f"sandbox: http://{settings.host}:{settings.port}/\n")
    web.run_app(
        build_app(settings),
        host=settings.host,
        port=settings.port,
        print=None,
        access_log=None,
        shutdown_timeout=1,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
