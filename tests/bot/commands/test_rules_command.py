"""/规则: what rules there are, what one would do, and what they did, in words people read."""

import inspect
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.phrases import load_phrases
from bot.rules.reading import house_book
from desk.kernel.ids import derived
from desk.kernel.messages import Say
from desk.rules import doing, engine
from desk.rules.happenings import On
from desk.rules.model import Per
from desk.rules.runs import Did, End, RuleRun, Standing
from desk.rules.trial import Asked
from desk.rules.vocabulary import KEYS
from desk.sla.ladder import Recipient
from desk.staff.directory import Staff
from tests.bot.commands.room import BOOK, Room
from tests.clocks import NOON
from tests.desk.rules.making import rules
from tests.desk.work.house import MIMI
from tests.fakes.staff import AMEI, FANGJIE

NUMBER = "T-20261121-0001"
DOING = inspect.getsource(doing) + inspect.getsource(engine)
OWN = rules(
    """
    - id: risk
      name: 风险词
      on: message
      only: {shop: youzan-main}
      words: [刷单, 12315]
      but_not: [不是刷单]
      when: customer.tier == "vip" && ticket.priority != "urgent" && 1 / customer.risks == 1
      then:
        - {open_ticket: risk, priority: high, summary: "评估。{history}"}
        - {tag: 高风险}
        - {tell: {to: [supervisor, "@amei"], text: "{customer}：{number}"}}
        - {say: 您好}
        - {hand_over: 大客户}
      once: {per: customer, within: 12h}
    - id: late
      on: [ticket_late, ticket_opened]
      only: {kind: [logistics, urge], priority: urgent}
      then: [{route: {skill: refund, store: xujiahui}}, {priority: high}, {watch: [owner, manager]}]
      once: {per: ticket, within: 90m}
    """
)


@pytest.fixture
def ruled(room: Room) -> Room:
    room.rulebook = OWN
    return room


def run(rule: str, end: End = End.DONE) -> RuleRun:
    """A run about the customer's ticket."""
    return RuleRun(derived(rule, end), rule, On.MESSAGE, NOON, NUMBER, MIMI.id, end)


async def test_the_list_counts_what_each_did(ruled: Room) -> None:
    ruled.rules.runs = [run("risk"), run("risk", End.ONCE), run("late", End.FAILED)]
    said = await ruled.hear("/规则", FANGJIE)
    assert "一共 2 条规则，近 30 天：" in said
    assert "· risk 风险词：执行 1 次，跳过 1 次\n· late late：执行 0 次，出错 1 次" in said


async def test_a_rule_is_shown_as_it_was_written(ruled: Room) -> None:
    said = await ruled.hear("/rules show 风险词", FANGJIE)
    for line in (
        "risk 风险词",
        "时机：顾客说话",
        "只看店铺：youzan-main",
        "关键词：刷单、12315（“不是刷单”里的不算）",
        '条件：customer.tier == "vip" && ticket.priority != "urgent" && 1 / customer.risks == 1',
        "· 建工单：风险评估（优先）评估。{history}",
        "· 打标签“高风险”",
        "· 通知主管、amei：{customer}：{number}",
        "· 回复顾客：您好",
        "· 转人工：大客户",
        "期限：同一位顾客 12 小时内最多一次",
    ):
        assert line in said.splitlines()
    said = await ruled.hear("/规则 查看 late", FANGJIE)
    assert "时机：工单快超时或超时、登记工单" in said
    assert "只看类型：物流问题、催发货\n只看优先级：加急" in said
    assert "· 分派到 refund、xujiahui\n· 优先级改为优先\n· 请负责人、店长关注" in said
    assert "期限：同一张工单 90 分钟内最多一次" in said


async def test_a_dry_run_tells_part_by_part_and_writes_nothing(ruled: Room) -> None:
    await ruled.open()
    ruled.rules.standings[MIMI.id] = Standing(paid=900_000, complaints=2, risks=())
    ruled.rules.windows["risk", str(MIMI.id)] = ruled.house.clock.now() + timedelta(hours=1)
    outcome = await ruled.outcome("/规则 试 risk 咪咪妈 我去12315告你", FANGJIE)
    assert outcome.do == ()
    (said,) = outcome.say
    assert isinstance(said, Say)
    told = BOOK.render(said.phrase, ruled.house.clock.now()).splitlines()
    assert told[:8] == [
        "试运行“风险词”（没有真的执行）",
        "✓ 店铺要是youzan-main",
        "✓ 有关键词“12315”",
        '✓ customer.tier == "vip"',
        '✗ ticket.priority != "urgent"',
        "？ 1 / customer.risks == 1",
        "✗ 同一位顾客在期限内没执行过（今天 13:00 以后才会再执行）",
        "现在不会执行。条件都符合时会做：",
    ]
    assert told[8:] == [
        "· 建工单 （新工单）：评估。此前没有风险评估；180 天内投诉 2 次，退货退款 0 次",
        "· 打标签“高风险”",
        "· 通知阿美、方姐：咪咪妈：（新工单）",
        "· 回复顾客：您好",
        "· 转人工",
    ]


async def test_a_dry_run_on_a_ticket_or_without_words(ruled: Room) -> None:
    await ruled.open()
    said = await ruled.hear("/规则 试 late 1", FANGJIE)
    assert "✓ 类型要是物流问题、催发货\n✓ 优先级要是加急\n" in said
    assert "\n✓ 同一张工单在期限内没执行过\n现在会执行：\n" in said
    assert "· 分派到 refund、xujiahui\n· 改为优先\n· 请" in said
    said = await ruled.hear("/规则 试 risk 1", FANGJIE)
    assert "✗ 有关键词（顾客的话写在命令最后）" in said


async def test_the_log_reads_as_a_person_wrote_it(ruled: Room) -> None:
    first = replace(
        run("risk"),
        did=(
            Did("words", "刷单"),
            Did("opened", NUMBER),
            Did("told", "fangjie、amei"),
            Did("prioritised", "urgent"),
            Did("held"),
        ),
    )
    ruled.rules.runs = [
        first,
        replace(run("late", End.DEPTH), chain=4, by=derived("another"), on=On.TICKET_CHANGED),
        replace(run("late", End.FAILED), chain=2, by=first.id, note="database.refused"),
    ]
    said = (await ruled.hear("/规则 log 1", FANGJIE)).splitlines()
    assert said[1:] == [
        f"· 今天 12:00 late | 顾客说话 {NUMBER} | 出错，全部撤回（database.refused）"
        "（由规则“风险词”引起，第 2 层）",
        f"· 今天 12:00 late | 工单改了优先级、标签或分派 {NUMBER} | "
        "没执行，规则互相触发，连着超过 3 条（由别的规则引起，第 4 层）",
        f"· 今天 12:00 风险词 | 顾客说话 {NUMBER} | 已执行：关键词“刷单”；建工单 {NUMBER}；"
        "通知方姐、阿美；改为加急；人工正在接待，不插话",
    ]
    assert await ruled.hear("/规则 log risk", FANGJIE) != await ruled.hear("/规则 log 1", FANGJIE)
    assert "风险词" in await ruled.hear("/规则 log 咪咪妈", FANGJIE)


@pytest.mark.parametrize(
    ("line", "member", "words"),
    [
        ("/规则", AMEI, "主管"),
        ("/规则 改", FANGJIE, "不认识“改”"),
        ("/规则 show", FANGJIE, "要看哪条规则"),
        ("/规则 show nothing", FANGJIE, "没有规则“nothing”"),
        ("/规则 试 risk", FANGJIE, "哪位顾客来试"),
        ("/规则 试 risk 不认识的人", FANGJIE, "没找到顾客"),
        ("/规则 log", FANGJIE, "要看哪条规则"),
        ("/规则 log risk", FANGJIE, "近来没有规则执行过"),
    ],
)
async def test_a_wrong_line_is_told(ruled: Room, line: str, member: Staff, words: str) -> None:
    assert words in await ruled.hear(line, member)


async def test_the_houses_own_rules_can_all_be_shown_and_tried(room: Room) -> None:
    room.rulebook = house_book()
    await room.open()
    for each in house_book().rules:
        assert each.called in await room.hear(f"/规则 show {each.id}", FANGJIE)
        assert "没有真的执行" in await room.hear(f"/规则 试 {each.id} 1", FANGJIE)
    assert len((await room.hear("/规则 list", FANGJIE)).splitlines()) == 2 + len(house_book().rules)


async def test_without_rules_the_list_says_so(room: Room) -> None:
    assert await room.hear("/规则", FANGJIE) == "现在没有规则。"


def test_everything_that_rules_are_told_by_has_words() -> None:
    spoken = [
        *(f"rule.on.{each}" for each in On),
        *(f"rule.end.{each}" for each in End),
        *(f"rule.stopped.{each}" for each in (End.DEPTH, End.CROWD, End.FAILED)),
        *(f"rule.key.{name}" for each in On for name in KEYS[each]),
        *(f"rule.per.{each}" for each in Per),
        *(f"rule.asked.{each}" for each in Asked),
        *(f"rule.who.{each}" for each in Recipient if each is not Recipient.CUSTOMER),
        *(f"rule.did.{name}" for name in re.findall(r'Did\(\s*"(\w+)"', DOING)),
    ]
    missing = [each for each in spoken if each not in load_phrases()]
    assert missing == []


async def test_words_that_hold_no_keyword_are_told_so(ruled: Room) -> None:
    said = await ruled.hear("/规则 试 risk 咪咪妈 你好", FANGJIE)
    assert "✗ 说的话里有关键词\n" in said
    assert "“”" not in said
