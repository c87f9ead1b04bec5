"""Which shop is the cheapest is a question about prices and not about the way to a store."""

import pytest

from bot.understanding.comparing import compares_prices
from bot.understanding.reader import Reader
from desk.conversations.incoming import Text
from desk.conversations.model import Dialogue
from desk.turns import Understanding


class TakesItForAStore:
    """An NLU that hears 店 and thinks of streets."""

    async def understand(self, text: str) -> Understanding:
        """Understand one message."""
        del text
        return Understanding("store_locate", 0.9, "nlu", {}, (("store_locate", 0.9),))


@pytest.mark.parametrize(
    "text",
    [
        *("哪家店最便宜", "哪个店便宜点", "哪个平台买最划算", "在哪里买便宜", "哪家价格最低"),
        *("哪边优惠多一点", "哪一家店铺更实惠"),
    ],
)
async def test_the_cheapest_shop_is_asked_for(text: str) -> None:
    reading = await Reader(TakesItForAStore(), 0.45, 0.1).read(Text(text), Dialogue())
    assert reading.meant.intent == "price_query"


@pytest.mark.parametrize("text", ["你们哪家店离我近", "门店在哪", "哪个店有停车场", "便宜点嘛"])
def test_the_way_to_a_store_is_no_price(text: str) -> None:
    assert not compares_prices(text)
