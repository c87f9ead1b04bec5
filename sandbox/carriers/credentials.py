"""What the fake trackers accept: the values of sandbox.env unless the environment has others."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrackerCredentials:
    """What a client must know; `kdniao_push_url` is what the merchant entered in the console."""

    customer: str = "A1C40F7D92E35B68A1C40F7D92E35B68"
    key: str = "sbKd100Key42"
    ebusiness_id: str = "1850271"
    api_key: str = "sandbox-kdniao-6f0b91c4"
    kdniao_push_url: str = ""


def from_environment(env: Mapping[str, str]) -> TrackerCredentials:
    """KUAIDI100_CUSTOMER, KUAIDI100_KEY, KDNIAO_ID, KDNIAO_KEY, KDNIAO_PUSH_URL."""
    plain = TrackerCredentials()
    return TrackerCredentials(
        customer=env.get("KUAIDI100_CUSTOMER") or plain.customer,
        key=env.get("KUAIDI100_KEY") or plain.key,
        ebusiness_id=env.get("KDNIAO_ID") or plain.ebusiness_id,
        api_key=env.get("KDNIAO_KEY") or plain.api_key,
        kdniao_push_url=env.get("KDNIAO_PUSH_URL", ""),
    )
