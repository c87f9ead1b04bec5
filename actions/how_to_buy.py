"""怎么下单, 来两包: who wants to buy gets the shops, the links, what is left and a coupon."""

import re
from collections.abc import Sequence
from dataclasses import replace

from actions import stock_check
from actions.naming import called
from actions.offer import offer
from actions.stock_summary import StockAnswer
from actions.stock_words import left_of, never_made, wanted_left
from actions.which_product import Picked, which_product, write_item
from desk.commands import Outcome
from desk.conversations.commands import Ask
from desk.front import Desk
from desk.kernel.messages import Phrase, Say, phrase
from desk.kernel.money import Fen
from desk.shops.attributes import filter_skus
from desk.shops.port import Item
from desk.shops.wish import wording_of
from desk.turns import Action, Turn

INTENT = "how_to_buy"

_COUNT = r"(?:\d{1,3}|[一两二三四五六七八九十半几俩])"
_MEASURE = r"[个包罐盒件双条箱袋瓶套张台辆只款份本支]"
_END = r"[吧了啊呀哈呗嘛哦。.!！~～\s]*$"
BUYING = re.compile(
    r"怎么(?:样)?(?:去|才能|可以)?(?:下单|购买|买|拍)(?!的|了|时|后|完|不|没|照|视频|到|这|那|一送)|"
    r"(?:在|去|到|从)?哪(?:里|儿|个店)?(?:能|可以|去)?(?:下单|购买|买|拍)(?!的|了|过|到|时)|"
    r"(?:购买|商品|下单|产品)?(?:链接|网址)(?:在哪[里儿]?|(?:麻烦)?(?:再)?(?:发|给|甩|推)(?:我|一?下|个|过来|来)*)|"
    r"(?:发|给|甩|推)(?:我|一?下|个|过来|来)*(?:购买|商品|下单|产品)?(?:的)?(?:链接|网址)|"
    rf"(?:(?:给|帮)我)?(?:再)?(?:来|拍|拿|买){_COUNT}{_MEASURE}{_END}|"
    r"^(?:那)?(?:我)?(?:就|现在|直接)*(?:想|要|去)?(?:下单|购买)" + _END
)
"""Words that ask for the way to buy."""


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Show where the product can be bought now; without a product, which shops there are."""
    asked = replace(turn, text=BUYING.sub(" ", turn.text))
    names_one = turn.slots.get("product") or turn.slots.get("item") or turn.focus.get("item")
    if not desk.shops.shops or not (names_one or wording_of(asked.text)):
        return _anywhere(desk)
    picked = await which_product(asked, desk)
    if isinstance(picked, Outcome):
        offers = any(isinstance(each, Ask) and each.options for each in picked.do)
        return picked if offers else _anywhere(desk)
    answers = await desk.shops.stock(picked.product)
    left = wanted_left(answers, picked.wanted)
    if never_made(picked, answers) or not left:
        return await stock_check.run(asked, desk)
    said = phrase("buy.here", title=_title(picked), shops=_shops(picked, answers))
    shops = tuple(dict.fromkeys(sku.item.shop for sku in left))
    subject = f"buy:{write_item(picked.product.ids[0])}"
    price = Fen(min(sku.price for sku in left))
    coupon = await offer(turn, desk, "stock_answer", shops, price, subject)
    return Outcome((Say(said), *coupon.say), (*picked.do, *coupon.do))


def _anywhere(desk: Desk) -> Outcome:
    """The shops, and a question for the product."""
    names = "、".join(shop.name for shop in desk.shops.shops)
    key = "buy.anywhere" if names else "product.which"
    return Outcome((Say(phrase(key, shops=names)),), (Ask(INTENT, expects="product"),))


def _title(picked: Picked) -> str:
    return " ".join((called(picked.product.title), *picked.wanted))


def _shops(picked: Picked, answers: Sequence[StockAnswer]) -> tuple[Phrase, ...]:
    pairs = zip(picked.product.items, answers, strict=True)
    return tuple(_in_shop(item, answer, picked) for item, answer in pairs)


def _in_shop(item: Item, answer: StockAnswer, picked: Picked) -> Phrase:
    """What the shop has of it, and its link or what to search for."""
    if not answer.is_known:
        return phrase("stock.shop_silent", shop=answer.shop_name)
    skus = filter_skus(answer.value or (), picked.wanted)
    if not any(sku.available > 0 for sku in skus):
        return phrase("buy.none_left", shop=answer.shop_name)
    key = "buy.by_link" if item.url else "buy.by_name"
    title = called(item.title)
    return phrase(key, shop=answer.shop_name, left=left_of(skus), link=item.url, title=title)


action = Action(intent=INTENT, run=run)
