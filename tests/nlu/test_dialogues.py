"""Written dialogues, turn by turn: is what is done right, with the right words in play."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml

from bot.turn.decision import Decision
from bot.understanding.danger import DANGER
from bot.understanding.reader import UNSURE
from tests.nlu.conversing import Conversing, conversing

pytestmark = [pytest.mark.nlu, pytest.mark.timeout(120)]

DIALOGUES = yaml.safe_load(Path(__file__).with_name("dialogues.yml").read_text())["dialogues"]
LEAST_INTENTS, LEAST_SLOTS, LEAST_WHOLE = 0.86, 0.82, 0.42
"""A little under what was measured last: these can only be raised."""
log = logging.getLogger(__name__)

_ANSWERS = frozenset(("menu", "answer"))
_BY_RULE = frozenset(
    (
        *("白色的呢", "22码", "那23的", "2段的呢", "苏州呢", "50ml的", "80的", "后天下午"),
        *("礼拜天下午", "周六上午", "SF1628405517390", "4192837465019283746"),
        *("E20261120223045018864572", "2638475019283746501", "E20261110175903026640318"),
        *("他刚把一个小的塞嘴里了 卡住了", "脸都紫了怎么办啊", "别复制粘贴了 找个人跟我说"),
    )
)
"""Turns that are read by their context or their words whatever the model thinks of them."""


@dataclass(frozen=True, slots=True)
class Turned:
    """How one turn went: whether the right thing was done, with all that was left in play."""

    dialogue: str
    text: str
    wanted: str
    meant: str
    right: bool
    kept: bool


def as_wanted(turn: Mapping[str, Any], decision: Decision) -> bool:
    """Whether the right thing was done; a yes or no to our question is its action's own."""
    meant = decision.meant
    wanted = DANGER if turn.get("danger") else turn["intent"]
    answered = wanted in ("affirm", "deny") and meant.source in _ANSWERS
    return (meant.intent == wanted and meant.source != UNSURE) or answered


def in_play(turn: Mapping[str, Any], known: Mapping[str, str]) -> bool:
    """Whether all that earlier turns left in play is still known."""
    for name, value in turn["slots"].items():
        wanted = value if isinstance(value, list) else [value]
        found = known.get(name, "")
        if not any(found and (each in found or found in each) for each in wanted):
            return False
    return True


async def held(talk: Conversing, dialogue: Mapping[str, Any]) -> list[Turned]:
    """Hold a dialogue."""
    turned: list[Turned] = []
    for turn in dialogue["turns"]:
        decision = await talk.hears(turn["text"])
        right = as_wanted(turn, decision)
        kept = in_play(turn, talk.known)
        wanted = DANGER if turn.get("danger") else turn["intent"]
        meant = f"{decision.meant.intent} ({decision.meant.source})"
        turned.append(Turned(dialogue["name"], turn["text"], wanted, meant, right, kept))
    return turned


@pytest.fixture(scope="module")
async def turns(http: aiohttp.ClientSession, nlu_url: str) -> list[Turned]:
    """Every turn of every dialogue."""
    return [
        turn
        for dialogue in DIALOGUES
        for turn in await held(conversing(http, nlu_url, dialogue["turns"]), dialogue)
    ]


def share(held: list[bool]) -> float:
    """The share of those that held."""
    return sum(held) / len(held)


async def test_dialogues_are_held_as_well_as_ever(turns: list[Turned]) -> None:
    names = {each.dialogue for each in turns}
    whole = [all(e.right and e.kept for e in turns if e.dialogue == name) for name in names]
    wrong = "\n".join(map(str, (each for each in turns if not (each.right and each.kept))))
    intents, dialogues = share([each.right for each in turns]), share(whole)
    slots = share([each.kept for each in turns if each.right])
    log.info("intents %.3f, slots %.3f, whole dialogues %.3f\n%s", intents, slots, dialogues, wrong)
    assert intents >= LEAST_INTENTS, wrong
    assert slots >= LEAST_SLOTS, wrong
    assert dialogues >= LEAST_WHOLE, wrong


async def test_what_the_context_decides_is_right_whatever_the_model_thinks(
    turns: list[Turned],
) -> None:
    told = [each for each in turns if each.text in _BY_RULE]
    assert len(told) == len(_BY_RULE)
    assert [f"{e.text} → {e.meant}" for e in told if not e.right] == []
