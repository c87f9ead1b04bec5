"""The credentials that the fake Pinduoduo accepts unless the environment has others."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a client must know to be let in; the tokens are those of the first authorisation."""

    client_id: str = "7b3c90f1d2a84e56"
    client_secret: str = "sandbox-pinduoduo-secret-2e61c8"  # noqa: S105 - made up for the sandbox
    access_token: str = "sandbox0pdd0access0c5d1"  # noqa: S105 - made up for the sandbox
    refresh_token: str = "sandbox0pdd0refresh0f7a3"  # noqa: S105 - made up for the sandbox
    mall_id: int = 517204836


def from_environment(env: Mapping[str, str]) -> Credentials:
    """PINDUODUO_CLIENT_SECRET, PINDUODUO_ACCESS_TOKEN and PINDUODUO_REFRESH_TOKEN."""
    plain = Credentials()
    return Credentials(
        client_secret=env.get("PINDUODUO_CLIENT_SECRET") or plain.client_secret,
        access_token=env.get("PINDUODUO_ACCESS_TOKEN") or plain.access_token,
        refresh_token=env.get("PINDUODUO_REFRESH_TOKEN") or plain.refresh_token,
    )
