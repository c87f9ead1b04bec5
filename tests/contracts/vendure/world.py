"""People at a real Vendure shop: who buys in its shop, who works in its back office."""

import json
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import aiohttp
import pytest

from integrations.catalog import read_entries
from integrations.platform import ShopEntry
from tools.vendure.server import ADMINISTRATOR

SECRET = "hooks-of-the-tests"
MARKS = [
    pytest.mark.vendure,
    pytest.mark.xdist_group("vendure"),
    pytest.mark.timeout(180),
]
"""The group keeps all of these on one worker, so that a run starts one shop."""

ACCOUNT = dict(zip(("username", "password"), ADMINISTRATOR, strict=True))
"""Credentials of a shops' file that sign in as the administrator."""

CHEN, LIN = "1", "2"
"""The customers' ids, in the order of merchant.json."""
_LOGINS = {
    CHEN: ("chenyue@xiaoman.example", "chenyue-loopback"),
    LIN: ("linyinuo@xiaoman.example", "linyinuo-loopback"),
}


def entry(url: str, **credentials: str) -> ShopEntry:
    """The entry of a shops' file for this shop."""
    (read,) = read_entries(
        [
            {
                "id": "vendure",
                "platform": "vendure",
                "name": "小程序商城",
                "base_url": f"{url}/admin-api",
                "credentials": {
                    "stores": "徐家汇店",
                    "levels": "金卡会员，银卡会员",
                    "product_page": "https://shop.example/p/{slug}",
                    "webhook_secret": SECRET,
                    **credentials,
                },
            }
        ]
    )
    return read


class Api:
    """One of the server's two GraphQL addresses, with the session of whoever uses it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._headers: dict[str, str] = {}
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._session.close()

    async def ask(self, query: str, **variables: object) -> Any:
        """Ask for one thing; returns it, an `...Error` of the shop included."""
        body = {"query": query, "variables": variables}
        async with self._session.post(self._url, json=body, headers=self._headers) as answer:
            said: Mapping[str, Any] = json.loads(await answer.text())
            token = answer.headers.get("vendure-auth-token")
        assert "errors" not in said, said
        if token:
            self._headers["Authorization"] = f"Bearer {token}"
        (only,) = said["data"].values()
        return only


class Shopper(Api):
    """A customer in the shop."""

    def __init__(self, url: str, customer: str) -> None:
        super().__init__(f"{url}/shop-api")
        self._username, self._password = _LOGINS[customer]

    async def sign_in(self) -> None:
        """Sign in as the customer, with nothing in the cart that was left there."""
        answered = await self.ask(
            "mutation ($u: String!, $p: String!) { login(username: $u, password: $p) "
            "{ __typename } }",
            u=self._username,
            p=self._password,
        )
        assert answered["__typename"] == "CurrentUser"
        await self.ask("mutation { removeAllOrderLines { __typename } }")

    async def put(self, variant: str, quantity: int) -> Any:
        """Put pieces into the cart; the answer may be the shop's InsufficientStockError."""
        return await self.ask(
            "mutation ($v: ID!, $q: Int!) { addItemToOrder(productVariantId: $v, quantity: $q) "
            "{ __typename ... on Order { code } "
            "... on InsufficientStockError { errorCode quantityAvailable } } }",
            v=variant,
            q=quantity,
        )

    async def use_coupon(self, code: str) -> None:
        """Apply a coupon code."""
        answered = await self.ask(
            "mutation ($c: String!) { applyCouponCode(couponCode: $c) { __typename } }", c=code
        )
        assert answered["__typename"] == "Order"

    async def check_out(self) -> None:
        """Say where to send it; the order waits for payment then."""
        for mutation in (
            'setOrderShippingAddress(input: {fullName: "陈悦", streetLine1: "虹桥路1号", '
            'city: "上海", countryCode: "CN", phoneNumber: "13800005678"})',
            'setOrderShippingMethod(shippingMethodId: ["1"])',
            'transitionOrderToState(state: "ArrangingPayment")',
        ):
            answered = await self.ask(f"mutation {{ {mutation} {{ __typename }} }}")
            assert answered["__typename"] == "Order", answered

    async def pay(self) -> None:
        """Pay."""
        (method,) = await self.ask("{ eligiblePaymentMethods { code } }")
        answered = await self.ask(
            "mutation ($m: String!) { addPaymentToOrder(input: {method: $m, metadata: {}}) "
            "{ __typename } }",
            m=method["code"],
        )
        assert answered["__typename"] == "Order", answered

    async def buy(self, *wanted: tuple[str, int]) -> str:
        """Buy pieces of variants and pay; returns the order's code."""
        await self.sign_in()
        code = ""
        for variant, quantity in wanted:
            code = (await self.put(variant, quantity))["code"]
        await self.check_out()
        await self.pay()
        return code


class BackOffice(Api):
    """Somebody who works at the shop."""

    def __init__(self, url: str) -> None:
        super().__init__(f"{url}/admin-api")

    async def sign_in(self) -> None:
        """Sign in as the administrator."""
        username, password = ADMINISTRATOR
        answered = await self.ask(
            "mutation ($u: String!, $p: String!) { login(username: $u, password: $p) "
            "{ __typename } }",
            u=username,
            p=password,
        )
        assert answered["__typename"] == "CurrentUser"

    async def _do(self, name: str, kind: str, **wish: object) -> Any:
        done = await self.ask(
            f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ __typename "
            "... on Node { id } ... on ErrorResult { errorCode message } } }",
            input=wish,
        )
        assert "errorCode" not in done, done
        return done

    async def lines(self, code: str) -> Any:
        """The order's id, its lines and payments."""
        found = await self.ask(
            "query ($c: String!) { orders(options: {filter: {code: {eq: $c}}}) "
            "{ items { id lines { id quantity } payments { id } } } }",
            c=code,
        )
        return found["items"][0]

    async def pack(self, code: str, waybill: str, *places: int) -> str:
        """Pack lines of an order (all without `places`); returns the parcel's id."""
        order = await self.lines(code)
        lines = [order["lines"][place] for place in places] or order["lines"]
        arguments = {"method": "顺丰速运", "trackingCode": waybill}
        packed = await self._do(
            "addFulfillmentToOrder",
            "FulfillOrderInput",
            lines=[{"orderLineId": each["id"], "quantity": each["quantity"]} for each in lines],
            handler={
                "code": "manual-fulfillment",
                "arguments": [{"name": key, "value": each} for key, each in arguments.items()],
            },
        )
        return str(packed["id"])

    async def move(self, parcel: str, state: str) -> None:
        """Say that a parcel is Shipped or Delivered."""
        moved = await self.ask(
            "mutation ($id: ID!, $state: String!) { transitionFulfillmentToState(id: $id, "
            "state: $state) { __typename } }",
            id=parcel,
            state=state,
        )
        assert moved["__typename"] == "Fulfillment", moved

    async def send(self, code: str, waybill: str, *places: int) -> str:
        """Pack and ship; returns the parcel's id."""
        parcel = await self.pack(code, waybill, *places)
        await self.move(parcel, "Shipped")
        return parcel

    async def refund(self, code: str, amount: int) -> str:
        """Begin to give money (fen) back; returns the refund's id."""
        order = await self.lines(code)
        begun = await self._do(
            "refundOrder",
            "RefundOrderInput",
            lines=[],
            shipping=0,
            adjustment=0,
            amount=amount,
            paymentId=order["payments"][0]["id"],
            reason="破损",
        )
        return str(begun["id"])

    async def settle(self, refund: str) -> None:
        """Say that the money is back."""
        await self._do("settleRefund", "SettleRefundInput", id=refund, transactionId="t")

    async def cancel(self, code: str) -> None:
        """Cancel the whole order."""
        order = await self.lines(code)
        await self._do("cancelOrder", "CancelOrderInput", orderId=order["id"], reason="x")

    async def set_stock(self, variant: str, place: str, on_hand: int) -> None:
        """Count the pieces of a variant at a place."""
        await self.ask(
            "mutation ($input: [UpdateProductVariantInput!]!) "
            "{ updateProductVariants(input: $input) { id } }",
            input=[
                {
                    "id": variant,
                    "stockLevels": [{"stockLocationId": place, "stockOnHand": on_hand}],
                }
            ],
        )
