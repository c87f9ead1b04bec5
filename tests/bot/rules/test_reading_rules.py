"""Merchants' rules are read whole, or refused with the place and what may stand there."""

from pathlib import Path

import pytest
import yaml

from bot.merchant import BadShopsFile, load_merchant
from bot.rules.reading import house_book
from desk.rules.actions import Answer, Inform, Label, OpenOne, PassOn, Prioritise, Send
from desk.rules.happenings import On
from desk.rules.model import Per
from desk.rules.vocabulary import GROUPS, KEYS, TERMS, terms_of
from desk.tickets.model import Priority, TicketKind
from tests.desk.rules.making import Refused, rule

WHOLE = """
id: risk_words
name: 风险词
on: message
only: {shop: [youzan-main]}
words: [套现, 刷单, 12315, 律师函]
but_not: [不是刷单]
when: customer.tier == "vip" && ticket.priority != "urgent"
then:
  - {open_ticket: risk, priority: urgent, summary: "请评估。{history}"}
  - {priority: urgent}
  - {tag: 高风险}
  - {route: {skill: refund, store: xujiahui}}
  - {tell: {to: [supervisor, "@fangjie"], text: "{customer}：{number}"}}
  - {hand_over: {reason: 大客户, skill: product, urgent: true}}
once: {per: customer, within: 1d}
"""


def test_a_rule_is_read_whole() -> None:
    read = rule(WHOLE)
    assert (read.id, read.called, read.on) == ("risk_words", "风险词", (On.MESSAGE,))
    assert read.only == {"shop": frozenset({"youzan-main"})}
    assert read.words == ("套现", "刷单", "12315", "律师函")
    assert read.then == (
        OpenOne(TicketKind.RISK, Priority.URGENT, "请评估。{history}"),
        Prioritise(Priority.URGENT),
        Label(("高风险",)),
        Send("refund", "xujiahui"),
        Inform(("supervisor", "@fangjie"), "{customer}：{number}"),
        PassOn("大客户", "product", urgent=True),
    )
    assert read.once is not None
    assert (read.once.per, read.once.within.days) == (Per.CUSTOMER, 1)
    assert read.needs >= {"customer.tier", "ticket.priority", "customer.risks", "customer.name"}


PLAIN = {"id": "a", "on": "ticket_opened", "then": [{"tag": "x"}]}


@pytest.mark.parametrize(
    ("changed", "place", "why"),
    [
        ({"id": None}, r"rules\[0\].id", "字母、数字和下划线"),
        ({"id": "有 空格"}, r"rules\[0\].id", "字母、数字和下划线"),
        ({"name": "很" * 31}, r"rules\[0\].name", "最多 30 个字"),
        ({"on": "mesage"}, r"rules\[0\].on", "应是 message、"),
        ({"on": []}, r"rules\[0\].on", "可以写 message"),
        ({"om": "x"}, r"rules\[0\].om", "没有这一项，可以写 id、name、on"),
        ({"only": {"intent": "a"}}, r"rules\[0\].only.intent", "可以写 shop、kind"),
        ({"only": {"kind": "retrun"}}, r"rules\[0\].only.kind", "没有 retrun，可以写 logistics"),
        ({"only": {"shop": "pdd"}}, r"rules\[0\].only.shop", "没有 pdd，可以写 youzan-main"),
        ({"only": {"store": []}}, r"rules\[0\].only.store", "至少要写一个"),
        ({"words": ["刷单"]}, r"rules\[0\].words", "只有 on: message"),
        ({"on": "message", "words": ["刷"]}, r"rules\[0\].words", "2 到 30 个字"),
        ({"on": "message", "but_not": ["刷单"]}, r"rules\[0\].but_not", "和 words 一起写"),
        ({"when": "ticket.prioriti == 1"}, r"rules\[0\].when", "名字不认识"),
        ({"when": "message.text == 'a'"}, r"rules\[0\].when", "名字不认识"),
        ({"when": "ticket.joins > '1'"}, r"rules\[0\].when", "类型对不上"),
        ({"when": "ticket.joins"}, r"rules\[0\].when", "要能判断真假"),
        ({"when": 3}, r"rules\[0\].when", "应是条件"),
        ({"then": []}, r"rules\[0\].then", "可以写 open_ticket"),
        ({"then": [{"shout": "x"}]}, r"rules\[0\].then\[0\]", "没有这种动作，可以写"),
        ({"then": [{"tag": "x", "say": "y"}]}, r"then\[0\].say", "没有这一项，可以写 tag"),
        ({"then": [{"tag": "很" * 21}]}, r"then\[0\].tag", "最多 20 个字"),
        ({"then": [{"priority": "asap"}]}, r"then\[0\].priority", "urgent、high、normal"),
        ({"then": [{"open_ticket": "risk"}]}, r"then\[0\].summary", "缺少文字"),
        ({"then": [{"open_ticket": "rsk", "summary": "x"}]}, r"then\[0\].open_ticket", "之一"),
        ({"then": [{"say": "{history}"}]}, r"then\[0\].say", "没有 {history} 这个空"),
        ({"then": [{"say": "x" * 501}]}, r"then\[0\].say", "超过 500 个字"),
        (
            {"then": [{"tell": {"to": ["boss"], "text": "x"}}]},
            r"tell.to",
            "没有 boss，可以写 owner",
        ),
        ({"then": [{"tell": {"to": [], "text": "x"}}]}, r"tell.to", "没有写是谁"),
        ({"then": [{"tell": {"to": ["owner"]}}]}, r"tell.text", "缺少文字"),
        ({"then": [{"watch": ["customer"]}]}, r"then\[0\].watch", "没有 customer"),
        ({"then": [{"route": {}}]}, r"then\[0\].route", "至少写一个"),
        ({"then": [{"route": {"store": "x"}}]}, r"route.store", "没有门店 x，可以写 xujiahui"),
        ({"on": "order_changed", "then": [{"say": "x"}]}, r"then\[0\].say", "没有和顾客的会话"),
        ({"on": "order_changed", "then": [{"hand_over": "x"}]}, r"hand_over", "没有和顾客的会话"),
        ({"once": {"per": "customer"}}, r"rules\[0\].once.within", "应是时长"),
        ({"once": {"per": "customer", "within": "0m"}}, r"once.within", "应大于 0"),
        ({"once": {"per": "world", "within": "1d"}}, r"once.per", "customer、ticket"),
        (
            {"on": "message", "once": {"per": "order", "within": "1d"}},
            r"rules\[0\].once.per",
            "message 没有 order，可以写 customer、ticket、house",
        ),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(
    changed: dict[str, object], place: str, why: str
) -> None:
    with pytest.raises(Refused, match=f"{place}.*{why}"):
        rule(yaml.safe_dump({**PLAIN, **changed}, allow_unicode=True))


def merchant(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "shops.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_merchant_takes_one_of_the_houses_out_and_puts_another_in_its_place(
    tmp_path: Path,
) -> None:
    text = """
rules:
  - {id: risk_legal, use: false}
  - {id: wholesale, on: message, words: [团购], then: [{say: 您好}]}
  - {id: mine, on: rated, when: rating.score == 1, then: [{tell: {to: [manager], text: 差评}}]}
"""
    book = load_merchant(merchant(tmp_path, text)).rules
    house = [each.id for each in house_book().rules]
    house.remove("risk_legal")
    assert [each.id for each in book.rules] == [*house, "mine"]
    wholesale = book.rule("wholesale")
    assert wholesale is not None
    assert wholesale.words == ("团购",)
    assert load_merchant(None).rules is house_book()


def test_rules_may_stand_in_a_file_of_their_own(tmp_path: Path) -> None:
    path = merchant(tmp_path, "rules: mine.yml\n")
    with pytest.raises(BadShopsFile, match=r"打不开文件 mine\.yml"):
        load_merchant(path)
    own = tmp_path / "mine.yml"
    own.write_text("- {id: a, on: rated, then: [{tag: x}]}\n", encoding="utf-8")
    assert load_merchant(path).rules.rule("a") is not None
    own.write_text("rules: [{id: a, on: raded, then: [{tag: x}]}]\n", encoding="utf-8")
    with pytest.raises(BadShopsFile, match=r"mine.yml\[0\].on"):
        load_merchant(path)
    own.write_text("- {id: a, on: rated\n", encoding="utf-8")
    with pytest.raises(BadShopsFile, match="不是有效的 YAML"):
        load_merchant(path)


def test_the_same_id_twice_is_refused(tmp_path: Path) -> None:
    one = "{id: a, on: rated, then: [{tag: x}]}"
    with pytest.raises(BadShopsFile, match=r"rules\[1\].id.*前面已经有了"):
        load_merchant(merchant(tmp_path, f"rules: [{one}, {one}]\n"))


def test_nothing_that_the_house_brings_speaks_to_a_customer() -> None:
    done = [action for each in house_book().rules for action in each.then]
    assert not any(isinstance(each, Answer | PassOn) for each in done)
    opened = [each for each in done if isinstance(each, OpenOne)]
    assert opened
    assert all(each.quiet or each.kind is TicketKind.RISK for each in opened)


def test_each_happening_has_names_and_marks_that_there_are() -> None:
    names = {each.name for each in TERMS}
    assert len(names) == len(TERMS)
    assert set(GROUPS) == set(KEYS) == set(On)
    for on in On:
        known = {each.name for each in terms_of((on,))} | {"customer.shops"}
        assert set(KEYS[on].values()) <= known
