"""The credentials the fake Kuaishou accepts: those here unless the environment has others."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a client must know to be let in; calls are signed with another secret than the app's."""

    app_key: str = "ks713050298442061839"
    app_secret: str = "sandbox-ks-app-9d31"  # noqa: S105 - made up for the sandbox
    sign_secret: str = "sandbox-ks-sign-6a0f"  # noqa: S105 - made up for the sandbox
    refresh_token: str = "ChJzYW5kYm94LnJlZnJlc2g0"  # noqa: S105 - made up for the sandbox


def from_environment(env: Mapping[str, str]) -> Credentials:
    """KUAISHOU_APP_SECRET, KUAISHOU_SIGN_SECRET and KUAISHOU_REFRESH_TOKEN."""
    plain = Credentials()
    return Credentials(
        app_secret=env.get("KUAISHOU_APP_SECRET") or plain.app_secret,
        sign_secret=env.get("KUAISHOU_SIGN_SECRET") or plain.sign_secret,
        refresh_token=env.get("KUAISHOU_REFRESH_TOKEN") or plain.refresh_token,
    )
