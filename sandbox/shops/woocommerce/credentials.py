"""What the fake WooCommerce lets in: values made up here unless the environment has others."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WooCommerceKeys:
    """A read-only API key, and what its webhook signs with."""

    consumer_key: str = "ck_5d1f0a7c3e9b46288d0c7be12fa4396058e1d7b2"
    consumer_secret: str = "cs_sandbox_woocommerce_2b7e90"  # noqa: S105 - made up for the sandbox
    webhook_secret: str = "sandbox-woocommerce-hooks-41d8"  # noqa: S105 - made up for the sandbox
    push_url: str = ""


def from_environment(env: Mapping[str, str]) -> WooCommerceKeys:
    """WOOCOMMERCE_SECRET, WOOCOMMERCE_WEBHOOK_SECRET and WOOCOMMERCE_PUSH_URL (empty: none)."""
    plain = WooCommerceKeys()
    return WooCommerceKeys(
        consumer_secret=env.get("WOOCOMMERCE_SECRET") or plain.consumer_secret,
        webhook_secret=env.get("WOOCOMMERCE_WEBHOOK_SECRET") or plain.webhook_secret,
        push_url=env.get("WOOCOMMERCE_PUSH_URL", ""),
    )
