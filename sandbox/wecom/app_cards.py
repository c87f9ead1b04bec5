"""Clicks on template cards and their updates (WeCom docs 90240, 90241, 94888)."""

from collections.abc import Mapping, Sequence

from sandbox.feed import Line, member_seat
from sandbox.jsontext import JsonObject
from sandbox.wecom.callback_xml import PassiveReply, Tree, selected_items
from sandbox.wecom.card_content import check_card
from sandbox.wecom.corp import Corp
from sandbox.wecom.errors import OK, ApiError
from sandbox.wecom.params import Params

MOST_USERS = 1000


async def update(corp: Corp, params: Params) -> JsonObject:
    """POST /cgi-bin/message/update_template_card."""
    _check_agent(corp, params)
    code = params.text("response_code", missing=60140)
    users = [name.lower() for name in params.texts("userids", most=MOST_USERS)]
    everybody = params.whole("atall", low=0, high=1, default=0) == 1
    if not users and not everybody:
        raise ApiError(40058, "userids, partyids, tagids and atall are all empty")
    replaced = _replacement(params)
    sent = corp.app.use_code(code, corp.now())
    wanted = list(sent.userids) if everybody else users
    invalid = [userid for userid in wanted if userid not in sent.userids]
    for userid in wanted:
        line = corp.feed.line(member_seat(userid), sent.msgid)
        if line is not None:
            _redraw(corp, line, replaced)
    return {**OK, "invaliduser": invalid}


def clicks(
    corp: Corp, line: Line, userid: str, key: str, selected: Mapping[str, Sequence[str]]
) -> None:
    """A member clicks a button (or submits, or picks from the card's menu)."""
    from_menu = key in _menu_keys(line.body)
    event = "template_card_menu_event" if from_menu else "template_card_event"
    tree = _clicked(corp, line, userid, (("Event", event), ("EventKey", key)))
    if not from_menu:
        tree = (*tree, ("SelectedItems", selected_items(selected)))

    def replied(reply: PassiveReply) -> None:
        if reply.kind == "update_button":
            _redraw(corp, line, {"replace_name": reply.button_name})
        elif reply.kind == "update_template_card" and reply.card is not None:
            _redraw(corp, line, {"template_card": reply.card})

    corp.courier.post(
        tree, event=event, summary=key, agent_id=corp.settings.agent_id, on_reply=replied
    )


def _clicked(corp: Corp, line: Line, userid: str, what: Tree) -> Tree:
    return (
        ("ToUserName", corp.settings.corp_id),
        ("FromUserName", userid),
        ("CreateTime", int(corp.now())),
        ("MsgType", "event"),
        *what,
        ("TaskId", str(line.body.get("task_id", ""))),
        ("CardType", str(line.body.get("card_type", ""))),
        ("ResponseCode", corp.app.issue_code(line.id, corp.now())),
        ("AgentID", corp.settings.agent_id),
    )


def _check_agent(corp: Corp, params: Params) -> None:
    if params.raw().get("agentid") != corp.settings.agent_id:
        raise ApiError(301002 if isinstance(params.raw().get("agentid"), int) else 40056)


def _replacement(params: Params) -> JsonObject:
    if params.has("button"):
        return {"replace_name": params.child("button").text("replace_name")}
    card = params.child("template_card")
    # An updated card keeps the sent card's task_id and need not repeat it.
    check_card(Params({"task_id": "kept", **card.raw()}, "template_card"))
    return {"template_card": card.raw()}


def _redraw(corp: Corp, line: Line, replaced: JsonObject) -> None:
    card = replaced.get("template_card")
    if isinstance(card, dict):
        line.body = {"task_id": line.body.get("task_id", ""), **card}
        line.body.setdefault("replace_text", "")
    else:
        line.body = {**line.body, "replace_name": replaced["replace_name"]}
    line.note = "卡片已更新"
    corp.feed.touch(line)


def _menu_keys(card: JsonObject) -> set[str]:
    menu = card.get("action_menu")
    listed = menu.get("action_list", []) if isinstance(menu, dict) else []
    return {str(action.get("key")) for action in listed}
