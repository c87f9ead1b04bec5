"""Pictures, voice, links, places: what can be read is answered, the rest a person looks at."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from urllib.parse import unquote

from actions import stock_check
from actions.form_pictures import picture_for_form
from actions.pictured import PICTURE
from actions.store_locate import nearest
from actions.tickets import Plan, open_ticket
from actions.unsolved import unsolved
from actions.which_product import write_item
from desk.commands import Command, Outcome
from desk.conversations.commands import Remember
from desk.customers.commands import RecordView
from desk.front import Desk
from desk.kernel.messages import Say, phrase
from desk.shops.port import ItemId
from desk.shops.products import Product
from desk.tickets.commands import OpenTicket
from desk.tickets.model import Priority, Ticket, TicketKind
from desk.turns import Action, Turn

_SHOWN = ("link", "miniprogram", "channels_shop_product", "channels", "note")
_NAMES: Mapping[str, str] = {
    "image": "图片",
    "voice": "语音",
    "video": "视频",
    "file": "文件",
    "channels_shop_order": "视频号订单",
    "business_card": "名片",
    "location": "位置",
}
_ITEM = re.compile(r"item:([\w-]+):([\w-]+)")
_TITLES = ("title", "desc", "product_name", "name")
_LOOKED_AT = 5
_LOOK = Plan(TicketKind.CONSULT, Priority.HIGH, "media.person_looks", "顾客发来")


async def run(turn: Turn, desk: Desk) -> Outcome:
    """Answer a product or a place; have a person look at anything else."""
    kind = turn.slots.get("kind", "")
    if answer := await picture_for_form(turn, desk):
        return answer
    if kind == "location" and (near := _stores_near(turn, desk)):
        return near
    if kind in _SHOWN and (product := await _shown(turn, desk)):
        return await _stock(turn, desk, product)
    return await _looked_at(turn, desk, kind)


def _stores_near(turn: Turn, desk: Desk) -> Outcome | None:
    with suppress(KeyError, ValueError):
        latitude, longitude = float(turn.slots["latitude"]), float(turn.slots["longitude"])
        on_earth = -90 <= latitude <= 90 and -180 <= longitude <= 180
        if desk.stores and on_earth:
            return Outcome((Say(nearest(desk.stores, latitude, longitude)),))
    return None


async def _shown(turn: Turn, desk: Desk) -> Product | None:
    """The product of a card or link: by our own mark in it, its address, or its title."""
    fields = unquote(" ".join(turn.slots.values()))
    if marked := _ITEM.search(fields):
        return await desk.shops.product_of(ItemId(marked[1], marked[2]))
    title = next((turn.slots[name] for name in _TITLES if turn.slots.get(name)), "")
    found = await desk.shops.find(title) if title else None
    return found.best if found is not None and found.is_clear else None


async def _stock(turn: Turn, desk: Desk, product: Product) -> Outcome:
    """Keep that it was looked at, and answer as if asked whether it is there."""
    item = product.ids[0]
    seen = RecordView(turn.customer.id, item, product.title, turn.now)
    meant = replace(turn.understanding, intent=stock_check.action.intent)
    asked = replace(turn, understanding=meant, slots={"item": write_item(item)})
    answer = await stock_check.run(asked, desk)
    return Outcome(answer.say, (seen, *answer.do))


async def _looked_at(turn: Turn, desk: Desk, kind: str) -> Outcome:
    """Put it to what the customer waits for (the desk tells them), or open a ticket for it."""
    name = _NAMES.get(kind, "消息")
    waiting = await unsolved(turn, desk, _LOOKED_AT)
    about_focus = [each for each in waiting if each.order_no and each.order_no == _order(turn)]
    if waiting:
        joined = _joining(turn, (about_focus or waiting)[0], name)
        return Outcome(do=(joined, *_to_point_at(turn, kind)))
    if kind == "voice":
        return _with_name(turn, name, "media.voice")
    looked = _with_name(turn, name, _LOOK.says)
    return Outcome(looked.say, (*looked.do, *_to_point_at(turn, kind)))


def _to_point_at(turn: Turn, kind: str) -> tuple[Command, ...]:
    """A picture may be spoken of next: 图里这个有吗."""
    return (Remember({PICTURE: turn.now.isoformat()}),) if kind == "image" else ()


def _with_name(turn: Turn, name: str, key: str) -> Outcome:
    said = Say(phrase(key, what=name))
    return Outcome(
        (said,), (open_ticket(turn, replace(_LOOK, does=f"顾客发来{name}，请查看回复"), None),)
    )


def _order(turn: Turn) -> str:
    return turn.focus.get("order_id", "")


def _joining(turn: Turn, ticket: Ticket, name: str) -> OpenTicket:
    return OpenTicket(
        kind=ticket.kind,
        priority=ticket.priority,
        summary=f"顾客补充了{name}，请在会话里查看",
        customer=turn.customer.id,
        conversation=turn.conversation.id,
        shop=ticket.shop,
        order_no=ticket.order_no,
        asks=False,
    )


action = Action(intent="media", run=run)
