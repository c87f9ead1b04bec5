"""别的事: said kindly, with what the bot can do; a placeholder for a picture is a picture."""

import re
from dataclasses import replace

from actions import media, stock_check
from actions.health import is_medical
from actions.small_talk import ways_on
from desk.commands import Outcome
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.turns import Action, Turn

_A_WORD = 3
_PLACEHOLDER = re.compile(r"^\s*[\[【](图片|照片|语音|视频|文件|位置)[\]】]\s*$")
_KINDS = {"图片": "image", "照片": "image", "语音": "voice", "视频": "video", "文件": "file"}


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Lead back to what the bot can do; a mere word that goods are called by shows them."""
    if placeholder := _PLACEHOLDER.match(turn.text):
        kind = _KINDS.get(placeholder[1], "image")
        return await media.run(replace(turn, slots={"kind": kind}), desk)
    if len(turn.text.strip()) <= _A_WORD and (await desk.shops.find(turn.text, ())).candidates:
        meant = replace(turn.understanding, intent=stock_check.action.intent)
        goods = {"product": turn.text.strip()}
        return await stock_check.run(replace(turn, understanding=meant, slots=goods), desk)
    key = "small_talk.doctor" if is_medical(turn.text) else "small_talk.beyond_me"
    return Outcome((Say(phrase(key), ways_on()),))


action = Action(intent="out_of_scope", run=run)
