"""The credentials the fake shops accept: those of sandbox.env unless the environment has others."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a client must know to be let in."""

    client_id: str = "xm8f2c41d7b09e6a35"
    client_secret: str = "sandbox-youzan-secret-5f1d3a"  # noqa: S105 - made up for the sandbox
    kdt_id: int = 40826711
    app_key: str = "30418862"
    app_secret: str = "sandbox-top-secret-9b27e4"  # noqa: S105 - made up for the sandbox
    session: str = "6100e1sandboxsession0f83bd72"
    refresh_token: str = "6101a7sandboxrefresh4c90e2"  # noqa: S105 - made up for the sandbox
    push_url: str = ""


def from_environment(env: Mapping[str, str]) -> Credentials:
    """YOUZAN_SECRET, TAOBAO_APP_SECRET, TAOBAO_SESSION and YOUZAN_PUSH_URL (empty: no push)."""
    plain = Credentials()
    return Credentials(
        client_secret=env.get("YOUZAN_SECRET") or plain.client_secret,
        app_secret=env.get("TAOBAO_APP_SECRET") or plain.app_secret,
        session=env.get("TAOBAO_SESSION") or plain.session,
        push_url=env.get("YOUZAN_PUSH_URL", ""),
    )
