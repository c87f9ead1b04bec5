"""A file with faults is refused whole: every fault with its place and the way out."""

from pathlib import Path

import pytest

from bot.rules.actions import Places
from bot.templates.files import TemplateFiles, house_templates, read_files, read_folder
from bot.templates.problems import BadTemplates, Problem

GOOD = """
id: gift
name: 送礼包装
kind: other
fields:
  - id: paper
    label: 包装纸
    type: choice
    question: 要哪种包装纸？
    options: [{id: red, label: 红的}, {id: blue, label: 蓝的}]
  - {id: words, label: 贺卡, type: text, question: 贺卡写什么？}
steps:
  - {id: todo, label: 待包, state: open}
  - {id: done, label: 包好了, state: solved}
transitions:
  - {from: todo, to: done, label: 包好了, needs: [paper]}
"""


def faults(text: str, places: Places | None = None, tmp: Path | None = None) -> list[Problem]:
    """What is wrong with a file of this text."""
    assert tmp is not None
    path = tmp / "gift.yml"
    path.write_text(text, encoding="utf-8")
    return list(read_files([path], places or Places()).problems)


def changed(old: str, new: str) -> str:
    assert old in GOOD
    return GOOD.replace(old, new)


def test_a_good_file_has_no_faults(tmp_path: Path) -> None:
    assert faults(GOOD, tmp=tmp_path) == []


CASES = {
    "unknown key": ("name: 送", "titel: 好\nname: 送", "titel", "没有这一项"),
    "near key": ("needs: [paper]", "need: [paper]", "transitions[0].need", "是不是想写 needs"),
    "version": ("kind: other", "kind: other\nversion: 2", "version", "发布时自动编号"),
    "missing": ("name: 送礼包装\n", "", "name", "缺少"),
    "no number": ("label: 包装纸", "label: 618", "fields[0].label", "请加引号"),
    "bad id": ("id: gift", "id: Gift-1", "id", "只用小写字母"),
    "kind": ("kind: other", "kind: others", "kind", "可以写 logistics"),
    "house id": ("id: gift", "id: invoice", "kind", "kind 也要写 invoice"),
    "taken": ("label: 待包, state: open", "label: 待包, state: taken", "steps[0].state", "写 open"),
    "first": ("label: 待包, state: open", "label: 待包, state: solved", "steps[0].state", "open"),
    "field twice": ("id: words", "id: paper", "fields[1].id", "前面已经有了"),
    "label in two": ("label: 贺卡", "label: '贺 卡'", "fields[1].label", "不能有空格"),
    "reserved": ("id: words", "id: in", "fields[1].id", "在规则里另有意思"),
    "option twice": ("id: blue", "id: red", "fields[0].options[1].id", "前面已经有了"),
    "step twice": ("id: done, label: 包好了, s", "id: todo, label: 好了, s", "steps[1].id", "有了"),
    "one option": (", {id: blue, label: 蓝的}", "", "fields[0].options", "至少要有两个选项"),
    "no options": (
        "    options: [{id: red, label: 红的}, {id: blue, label: 蓝的}]\n",
        "",
        "fields[0].options",
        "至少要有两个选项",
    ),
    "options of text": (
        "type: text,",
        "type: text, options: [{id: a, label: 甲}],",
        "fields[1].options",
        "不是选择题",
    ),
    "no question": (
        ", question: 贺卡写什么？",
        "",
        "fields[1].question",
        "补上 question，或写 filled_by: staff",
    ),
    "unknown step": ("to: done", "to: doen", "transitions[0].to", "可以写 todo、done"),
    "long button": (
        "to: done, label: 包好了",
        "to: done, label: 已经全部都包好了可以寄",
        "transitions[0].label",
        "最多 10 个字",
    ),
    "to itself": ("to: done", "to: todo", "transitions[0].to", "走回原地"),
    "unreachable": (
        "  - {id: done,",
        "  - {id: lost, label: 丢了, state: solved}\n  - {id: done,",
        "steps[1]",
        "走不到“丢了”这一步",
    ),
    "no end": ("state: solved", "state: closed", "steps", "至少要有一步 state: solved"),
    "dead end": (
        "transitions:\n",
        "  - {id: stuck, label: 卡住, state: waiting_inside}\n"
        "transitions:\n  - {from: todo, to: stuck, label: 卡}\n",
        "steps[2]",
        "到了“卡住”就出不来了",
    ),
    "from closed": (
        "transitions:\n",
        "  - {id: shut, label: 关了, state: closed}\n"
        "transitions:\n  - {from: done, to: shut, label: 关}\n"
        "  - {from: shut, to: done, label: 开}\n",
        "transitions[1].from",
        "关了不会再开",
    ),
    "needs unknown": ("needs: [paper]", "needs: [ribbon]", "transitions[0].needs", "ribbon"),
    "pattern": (
        "type: text,",
        "type: text, pattern: '[', pattern_told: 什么,",
        "fields[1].pattern",
        "不是有效的正则表达式",
    ),
    "slow pattern": (
        "type: text,",
        "type: text, pattern: '(a+)+b', pattern_told: 什么,",
        "fields[1].pattern",
        "别在重复里再套重复",
    ),
    "bounds": (
        "type: text,",
        "type: text, least: 9, most: 3,",
        "fields[1].least",
        "最小值 9 比最大值 3 还大",
    ),
    "bounds of a date": (
        "type: text,",
        "type: date, most: 3,",
        "fields[1].most",
        "不用写 most",
    ),
    "true is no number": ("type: text,", "type: text, most: true,", "fields[1].most", "应是整数"),
    "slot": ("type: text,", "type: text, slots: [moon],", "fields[1].slots[0]", "识别不出“moon”"),
    "other field": (
        "type: text,",
        "type: text, asked_if: {field: ribbon, values: [red]},",
        "fields[1].asked_if.field",
        "没有这个字段",
    ),
    "other value": (
        "type: text,",
        "type: text, asked_if: {field: paper, values: [green]},",
        "fields[1].asked_if.values",
        "没有 green，可以写 red、blue",
    ),
    "strange value": (
        "type: text,",
        "type: text, asked_if: {field: paper, values: [3]},",
        "fields[1].asked_if.values[0]",
        "应是选项的 id",
    ),
    "later field": (
        "    type: choice\n",
        "    type: choice\n    asked_if: {field: words, values: [red]}\n",
        "fields[0].asked_if.field",
        "请把“贺卡”排到前面",
    ),
    "blank": ("state: solved", "state: solved, told: '{name}好'", "steps[1].told", "没有 {name}"),
    "control": ("label: 包装纸", 'label: "包\\x07装"', "fields[0].label", "控制字符"),
    "rule": (
        "transitions:",
        "rules: [{id: r, on: ticket_opened, then: [{tagg: 急}]}]\ntransitions:",
        "rules[0].then[0]",
        "tag",
    ),
    "rule on others": (
        "transitions:",
        "rules: [{id: r, on: message, then: [{tag: 急}]}]\ntransitions:",
        "rules[0].on",
        "只管这种工单",
    ),
    "watcher": ("kind: other", "kind: other\nwatchers: [方 姐]", "watchers[0]", "userid"),
}


@pytest.mark.parametrize(("old", "new", "place", "why"), CASES.values(), ids=list(CASES))
def test_a_fault_is_named_with_its_place_and_the_way_out(
    old: str, new: str, place: str, why: str, tmp_path: Path
) -> None:
    found = [each for each in faults(changed(old, new), tmp=tmp_path) if not each.is_warning]
    assert place in [each.place for each in found], found
    assert any(why in each.why and each.place == place for each in found), found
    assert all(each.file == "gift.yml" for each in found)


def test_a_circle_of_conditions_is_found_at_each_of_its_fields(tmp_path: Path) -> None:
    text = changed(
        "    type: choice\n", "    type: choice\n    asked_if: {field: more, values: [true]}\n"
    ).replace(
        "steps:",
        "  - {id: more, label: 还要吗, type: yes_no, question: 还要吗？,"
        " asked_if: {field: paper, values: [red]}}\nsteps:",
    )
    found = {each.place for each in faults(text, tmp=tmp_path) if "互相等着" in each.why}
    assert found == {"fields[0].asked_if.field", "fields[2].asked_if.field"}


def test_a_word_of_two_options_is_refused(tmp_path: Path) -> None:
    text = changed("label: 红的}", "label: 红的, words: [深色]}").replace(
        "label: 蓝的}", "label: 蓝的, words: [深色]}"
    )
    (found,) = faults(text, tmp=tmp_path)
    assert "“深色”同时写在“红的”和“蓝的”里" in found.why


def test_what_does_not_fit_a_message_is_refused(tmp_path: Path) -> None:
    told = changed("state: solved", f"state: solved, told: {'😊' * 500}")
    assert [each.place for each in faults(told, tmp=tmp_path)] == ["steps[1].told"]
    question = changed("question: 要哪种包装纸？", f"question: {'纸' * 400}？")
    assert [each.place for each in faults(question, tmp=tmp_path)] == ["fields[0].question"]
    longest = changed("question: 要哪种包装纸？", f"question: {'纸' * 700}？")
    (found,) = faults(longest, tmp=tmp_path)
    assert "最多 600 个字" in found.why


def test_warnings_stand_apart(tmp_path: Path) -> None:
    text = changed(
        "steps:",
        "  - {id: seal, label: 封签, type: text, filled_by: staff, required: true}\nsteps:",
    )
    (found,) = faults(text, tmp=tmp_path)
    assert found.is_warning
    assert "写进某个 needs" in found.why


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    text = changed("needs: [paper]", "needs: [ribbon]").replace("state: open", "state: solved")
    text = text.replace("id: words", "id: paper")
    assert len(faults(text, tmp=tmp_path)) >= 3


REFERRED = "rules:\n" + "".join(
    f"  - &n{at} [{', '.join([f'*n{at - 1}' if at else 'x'] * 10)}]\n" for at in range(9)
)
"""A file of ten lines that stands for a thousand million values."""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("id: [", "不是有效的 YAML"),
        ("just words", "最外层"),
        ("id: a\nid: b\n", "“id”写了两次"),
        ("? [a]\n: b\n", "键应是文字"),
        ("[" * 3000, "太深了"),
        (REFERRED, "太大了"),
        ("rules: &all [*all]", "太大了"),
        ("name: 0b_", "有一个值读不出来"),
        ("at: !!timestamp soon", "有一个值读不出来"),
        ("at: !!python/object:os.system x", "不是有效的 YAML"),
        ("at: &x [*x]", "不是有效的 YAML"),
    ],
)
def test_what_is_no_template_at_all_is_refused(text: str, why: str, tmp_path: Path) -> None:
    (found,) = faults(text, tmp=tmp_path)
    assert why in found.why


def test_two_files_with_one_id_are_refused(tmp_path: Path) -> None:
    for name in ("a.yml", "b.yaml"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not ours", encoding="utf-8")
    read = read_folder(tmp_path, Places())
    assert [(each.file, each.place) for each in read.problems] == [("b.yaml", "id")]
    assert "a.yml" in read.problems[0].why


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    (found,) = read_folder(tmp_path / "nowhere", Places()).problems
    assert "TEMPLATES_DIR" in found.why


async def test_what_the_merchant_writes_takes_the_place_of_the_houses(tmp_path: Path) -> None:
    text = GOOD.replace("id: gift", "id: urge").replace("kind: other", "kind: urge")
    (tmp_path / "urge.yml").write_text(text, encoding="utf-8")
    (tmp_path / "gift.yml").write_text(GOOD, encoding="utf-8")
    drafts = {each.template.id: each for each in await TemplateFiles(tmp_path, Places()).read()}
    assert drafts["urge"].template.name == "送礼包装"
    assert drafts["gift"].is_own
    assert not drafts["return"].is_own
    assert len(drafts) == len(house_templates()) + 1


async def test_nothing_is_read_from_a_folder_with_faults(tmp_path: Path) -> None:
    (tmp_path / "gift.yml").write_text(changed("to: done", "to: doen"), encoding="utf-8")
    with pytest.raises(BadTemplates, match=r"transitions\[0\]\.to"):
        await TemplateFiles(tmp_path, Places()).read()
