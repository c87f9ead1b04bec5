"""What a client of the fake Douyin must know to be let in."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DouyinKeys:
    """The app, its shop, the one-time code of a tool's app, and where pushes go ("": nowhere)."""

    app_key: str = "7350284419602631180"
    app_secret: str = "sandbox-douyin-secret-c84e07"  # noqa: S105 - made up for the sandbox
    shop_id: str = "84310277"
    code: str = "sandbox-douyin-code-1"
    push_url: str = ""


def from_environment(env: Mapping[str, str]) -> DouyinKeys:
    """DOUYIN_APP_SECRET and DOUYIN_PUSH_URL (empty: no push)."""
    return DouyinKeys(
        app_secret=env.get("DOUYIN_APP_SECRET") or DouyinKeys().app_secret,
        push_url=env.get("DOUYIN_PUSH_URL", ""),
    )
