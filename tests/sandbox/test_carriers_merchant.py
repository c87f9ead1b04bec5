"""The merchant's file leads the bot to the fake trackers, which stand beside the shops."""

import yaml
from aiohttp.test_utils import TestClient, TestServer

from sandbox import shops
from sandbox.carriers.companies import by_name
from sandbox.carriers.credentials import TrackerCredentials
from sandbox.carriers.yard import Yard
from sandbox.clock import Clock
from sandbox.merchant.reading import HERE
from sandbox.server import build_app
from sandbox.settings import from_environment
from sandbox.shops.credentials import Credentials
from sandbox.shops.senders import SENDER
from tests.sandbox.shops_world import at, rows

_CORP = {
    "WECOM_CORP_ID": "ww1",
    "WECOM_AGENT_ID": "1000002",
    "WECOM_SECRET": "s",
    "WECOM_TOKEN": "t",
    "WECOM_AES_KEY": "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
}


def test_the_bots_trackers_use_credentials_that_the_fakes_accept() -> None:
    file: object = yaml.safe_load((HERE / "shops.yml").read_text(encoding="utf-8"))
    trackers = {str(each["id"]): each for each in rows(file, "carriers")}
    known = dict(
        line.split("=", 1)
        for line in (HERE / "sandbox.env").read_text(encoding="utf-8").splitlines()
        if "=" in line
    )
    keys = TrackerCredentials()
    assert at(trackers["kuaidi100"], "credentials", "customer") == keys.customer
    assert at(trackers["kdniao"], "credentials", "ebusiness_id") == keys.ebusiness_id
    assert (known["KUAIDI100_KEY"], known["KDNIAO_KEY"]) == (keys.key, keys.api_key)
    assert known["KDNIAO_PUSH_URL"] == f"{known['PUBLIC_URL']}/carriers/kdniao/push"


def test_every_parcel_of_every_shop_is_known_to_the_trackers() -> None:
    clock = Clock()
    gateways = shops.applications(clock, Credentials())
    assert all(SENDER in gateway for gateway in gateways.values())
    senders = [gateway[SENDER] for gateway in gateways.values()]
    yard = Yard(clock, senders)
    numbers = [
        parcel.waybill
        for sender in senders
        for order in sender.ledger.all()
        for parcel in order.parcels
    ]
    assert len(numbers) > 30
    for number in numbers:
        found = yard.find(number)
        assert found is not None
        assert by_name(found.company) is not None, found.company
        # Only these two ask who receives; a buyer abroad may have no mobile.
        assert found.phone.isdecimal() or found.company not in {"顺丰速运", "中通快递"}


async def test_the_sandbox_plays_both_trackers_over_the_shops_parcels() -> None:
    app = build_app(from_environment(_CORP))
    async with TestClient(TestServer(app, host="127.0.0.1", port=0)) as client:
        for tracker in ("kuaidi100", "kdniao"):
            scan = {"number": "YT7489920153386", "text": "【上海市】派件中", "state": 5}
            async with client.post(f"/{tracker}/_control", json={"scan": scan}) as answer:
                assert answer.status == 200
