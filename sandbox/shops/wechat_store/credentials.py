"""What the fake WeChat Store lets in: values made up here unless the environment has others."""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.shops.wechat_store.seal import KEY_LETTERS


@dataclass(frozen=True, slots=True)
class WechatStoreKeys:
    """The shop's AppID and secret, and what its push is signed and sealed with."""

    app_id: str = "wx7d3c0a95b1e84f26"
    app_secret: str = "sandbox-wechat-store-secret-7c1e"  # noqa: S105 - made up for the sandbox
    push_token: str = "sandboxpush3f9"  # noqa: S105 - made up for the sandbox
    push_aes_key: str = "xiaomanSandboxPushKey0123456789abcdefghABCD"
    push_url: str = ""

    def __post_init__(self) -> None:
        if len(self.push_aes_key) != KEY_LETTERS:
            raise ValueError(f"an EncodingAESKey has {KEY_LETTERS} letters")


def from_environment(env: Mapping[str, str]) -> WechatStoreKeys:
    """WECHAT_STORE_SECRET, _PUSH_TOKEN, _PUSH_AES_KEY and WECHAT_STORE_PUSH_URL (empty: none)."""
    plain = WechatStoreKeys()
    return WechatStoreKeys(
        app_secret=env.get("WECHAT_STORE_SECRET") or plain.app_secret,
        push_token=env.get("WECHAT_STORE_PUSH_TOKEN") or plain.push_token,
        push_aes_key=env.get("WECHAT_STORE_PUSH_AES_KEY") or plain.push_aes_key,
        push_url=env.get("WECHAT_STORE_PUSH_URL", ""),
    )
