"""The customers of these tests, and their conversations."""

from dataclasses import replace

from desk.conversations.incoming import ChannelName
from desk.conversations.model import Conversation, Dialogue, Session
from desk.customers.model import Customer, Evidence, Link, ProvenOrder, ViewedItem
from desk.customers.opened import PROOF_HOLDS
from desk.kernel.ids import ConversationId, CustomerId, derived
from desk.shops.port import Order
from tests.actions.goods import MIMI_THERE, SHOES, hours_ago
from tests.clocks import NOON

STRANGER = Customer(
    id=CustomerId(derived("mimi")),
    external_userid="wm-mimi",
    nickname="咪咪妈",
    links=(),
    viewed=(),
    proven_orders=(),
    asked_not_to_push=False,
)
"""Somebody of whom no buyer is known."""

MIMI = replace(STRANGER, links=(Link(MIMI_THERE, Evidence.PLATFORM_BRIDGE, hours_ago(99)),))
"""A customer who is proven to be a buyer of the first shop."""

BROWSER = replace(STRANGER, viewed=(ViewedItem(SHOES, "婴儿学步鞋软底防滑", hours_ago(2)),))
"""A customer who looked at a product and bought nothing."""


def proven(order: Order) -> ProvenOrder:
    """An order that the first customer has proven in their chat just now."""
    here = _chat(STRANGER)
    return ProvenOrder(here, order.shop, order.number, order.buyer, NOON + PROOF_HOLDS)


def _chat(customer: Customer) -> ConversationId:
    return ConversationId(derived("chat", customer.id))


def chat_with(customer: Customer) -> Conversation:
    """A fresh conversation."""
    return Conversation(
        id=_chat(customer),
        channel=ChannelName.KF,
        account="kf-main",
        person=customer.external_userid,
        customer=customer.id,
        dialogue=Dialogue(),
        session=Session.ASSISTANT,
        servicer="",
        last_heard_at=NOON,
        sent_since=0,
    )
