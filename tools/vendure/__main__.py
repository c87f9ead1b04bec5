"""`make vendure`: the shop by hand, with a shops' file that connects it to `make run`."""

import asyncio
import os
import signal

import yaml

from tools.vendure.server import ADMINISTRATOR, ROOT, Hook, VendureServer

_FOLDER = ROOT / ".data" / "vendure"
_SANDBOX_SHOPS = ROOT / "sandbox" / "merchant" / "shops.yml"
_SECRET = "vendure-hooks-loopback"  # noqa: S105  both sides are on loopback and made up


def _write_shops_file(server: VendureServer) -> None:
    """Write the sandbox merchant's shops with this one beside them."""
    merchant = yaml.safe_load(_SANDBOX_SHOPS.read_text(encoding="utf-8"))
    merchant["shops"].append(
        {
            "id": "vendure",
            "platform": "vendure",
            "name": "小程序商城",
            "base_url": f"{server.url}/admin-api",
            "credentials": {
                **dict(zip(("username", "password"), ADMINISTRATOR, strict=True)),
                "webhook_secret": _SECRET,
                "stores": "徐家汇店",
                "levels": "金卡会员,银卡会员",
            },
        }
    )
    text = yaml.safe_dump(merchant, allow_unicode=True, sort_keys=False)
    (_FOLDER / "shops.yml").write_text(text, encoding="utf-8")


async def main() -> None:
    """Run the shop until Ctrl-C; what it sold is there again the next time."""
    stopping = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stopping.set)
    bot = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    server = VendureServer(
        _FOLDER,
        int(os.environ.get("VENDURE_PORT", "3100")),
        Hook(f"{bot}/shops/vendure/webhook", _SECRET),
    )
    await server.start()
    try:
        _write_shops_file(server)
        print(f"\n  The shop is open: {server.url}/shop-api, {server.url}/admin-api")
        print(f"  Administrator: {' / '.join(ADMINISTRATOR)}")
        print("  Connect it:    SHOPS_FILE=.data/vendure/shops.yml make run")
        print(f"  Log: {server.log.relative_to(ROOT)}   Stop: Ctrl-C\n")
        ends = [asyncio.create_task(each.wait()) for each in (server, stopping)]
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    finally:
        await server.stop()


if __name__ == "__main__":
    asyncio.run(main())
