"""别的事: said kindly, with what the bot can do; a placeholder for a picture is a picture."""

import re
from dataclasses import replace

from actions import media, price_query, stock_check
from actions.health import is_medical
from actions.small_talk import ways_on
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.turns import Action, Turn

_A_WORD = 3
_PRICE = re.compile(r"多少钱|什么价|价格|怎么卖|几块钱")
_STOCK = re.compile(r"有货|现货|库存|还有吗|有没有")
_PLACEHOLDER = re.compile(r"^\s*[\[【](图片|照片|语音|视频|文件|位置)[\]】]\s*$")
_KINDS = {"图片": "image", "照片": "image", "语音": "voice", "视频": "video", "文件": "file"}


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Lead back to what the bot can do; words that goods are called by show them."""
    if placeholder := _PLACEHOLDER.match(turn.text):
        kind = _KINDS.get(placeholder[1], "image")
        return await media.run(replace(turn, slots={"kind": kind}), desk)
    asked = _asked_of_goods(turn.text)
    if asked is not None and (await desk.shops.find(turn.text, ())).candidates:
        meant = replace(turn.understanding, intent=asked.intent)
        slots = turn.slots if len(turn.text) > _A_WORD else {"product": turn.text.strip()}
        return await asked.run(replace(turn, understanding=meant, slots=slots), desk)
    key = "small_talk.doctor" if is_medical(turn.text) else "small_talk.beyond_me"
    return Outcome((Say(phrase(key), ways_on()),))


def _asked_of_goods(text: str) -> Action | None:
    """What a message would ask if it named goods of the shops; None where it asks nothing plain."""
    if _PRICE.search(text):
        return price_query.action
    return stock_check.action if len(text.strip()) <= _A_WORD or _STOCK.search(text) else None


action = Action(intent="out_of_scope", run=run)
