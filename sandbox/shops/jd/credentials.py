"""The credentials the fake JD accepts: those here unless the environment has others."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a client must know to be let in."""

    app_key: str = "7C41A09E5D2B4F3688E0"
    app_secret: str = "sandbox-jd-secret-41c8d2"  # noqa: S105 - made up for the sandbox
    access_token: str = "5f0cjdsandboxtoken1b77e2"  # noqa: S105 - made up for the sandbox
    refresh_token: str = "9a3ejdsandboxrefresh60d4"  # noqa: S105 - made up for the sandbox


def from_environment(env: Mapping[str, str]) -> Credentials:
    """JD_APP_SECRET, JD_ACCESS_TOKEN and JD_REFRESH_TOKEN."""
    plain = Credentials()
    return Credentials(
        app_secret=env.get("JD_APP_SECRET") or plain.app_secret,
        access_token=env.get("JD_ACCESS_TOKEN") or plain.access_token,
        refresh_token=env.get("JD_REFRESH_TOKEN") or plain.refresh_token,
    )
