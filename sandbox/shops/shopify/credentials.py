"""What the fake Shopify lets in: values made up here unless the environment has others."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShopifyKeys:
    """The shop's domain, the token of the app in it, and what the app's webhooks sign with."""

    shop: str = "xiaoman-baby.myshopify.com"
    access_token: str = "shpat_sandbox_60c4e1b7a92d"  # noqa: S105 - made up for the sandbox
    app_secret: str = "shpss_sandbox_81f5d3c0"  # noqa: S105 - made up for the sandbox
    version: str = "2026-07"
    push_url: str = ""


def from_environment(env: Mapping[str, str]) -> ShopifyKeys:
    """SHOPIFY_ACCESS_TOKEN, SHOPIFY_APP_SECRET and SHOPIFY_PUSH_URL (empty: none)."""
    plain = ShopifyKeys()
    return ShopifyKeys(
        access_token=env.get("SHOPIFY_ACCESS_TOKEN") or plain.access_token,
        app_secret=env.get("SHOPIFY_APP_SECRET") or plain.app_secret,
        push_url=env.get("SHOPIFY_PUSH_URL", ""),
    )
