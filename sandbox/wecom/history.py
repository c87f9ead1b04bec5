"""What happened before the sandbox started, so that the bot's cold start finds old messages."""

from sandbox.feed import Line, customer_seat
from sandbox.jsontext import JsonObject
from sandbox.people import Customer, PastEntry, PastMessage
from sandbox.wecom.corp import Corp, new_id
from sandbox.wecom.customer_side import FROM_CUSTOMER, FROM_SYSTEM

HOUR = 3600


def seed(corp: Corp, people: tuple[Customer, ...]) -> None:
    """Write every customer's past into the accounts' histories, oldest first."""
    past: list[tuple[float, Customer, PastEntry | PastMessage]] = []
    for customer in people:
        past.extend((entry.hours_ago, customer, entry) for entry in customer.past_entries)
        past.extend((message.hours_ago, customer, message) for message in customer.past_messages)
    past.sort(key=lambda row: -row[0])
    now = corp.now()
    for hours_ago, customer, what in past:
        at = now - hours_ago * HOUR
        if isinstance(what, PastEntry):
            _entered(corp, customer, what, at)
        else:
            _wrote(corp, customer, what, at)


def _entered(corp: Corp, customer: Customer, entry: PastEntry, at: float) -> None:
    session = corp.session(customer.open_kfid, customer.external_userid)
    session.scene, session.scene_param = "product", entry.scene_param
    event: JsonObject = {
        "event_type": "enter_session",
        "open_kfid": customer.open_kfid,
        "external_userid": customer.external_userid,
        "scene": "product",
        "scene_param": entry.scene_param,
    }
    logged: JsonObject = {
        "msgid": new_id(),
        "send_time": int(at),
        "origin": FROM_SYSTEM,
        "msgtype": "event",
        "event": event,
    }
    corp.accounts[customer.open_kfid].add(logged, int(at))
    note: JsonObject = {"text": "顾客从链接进入会话", "scene_param": entry.scene_param}
    seat = customer_seat(customer.open_kfid, customer.external_userid)
    corp.feed.post(Line(str(logged["msgid"]), seat, at, "system", "notice", note))


def _wrote(corp: Corp, customer: Customer, message: PastMessage, at: float) -> None:
    session = corp.session(customer.open_kfid, customer.external_userid)
    session.heard(at)
    session.settle(corp.now())
    content: JsonObject = {"content": message.text}
    logged: JsonObject = {
        "msgid": new_id(),
        "open_kfid": customer.open_kfid,
        "external_userid": customer.external_userid,
        "send_time": int(at),
        "origin": FROM_CUSTOMER,
        "msgtype": "text",
        "text": content,
    }
    corp.accounts[customer.open_kfid].add(logged, int(at))
    seat = customer_seat(customer.open_kfid, customer.external_userid)
    corp.feed.post(Line(str(logged["msgid"]), seat, at, "customer", "text", content))
