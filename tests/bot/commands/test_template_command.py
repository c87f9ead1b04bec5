"""/template: supervisors look at templates, managers publish them and put them back."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bot.rules.actions import Places
from bot.templates.files import TemplateFiles, house_templates
from desk.conversations.outgoing import Body, TellStaff
from desk.kernel.messages import Say
from desk.templates.model import Template
from desk.templates.versions import EVERYWHERE, HOUSE, Draft, Stamp
from tests.bot.commands.room import BOOK, Room
from tests.clocks import NOON
from tests.fakes.staff import AMEI, FANGJIE, MANYUN


@dataclass
class Files:
    """Drafts that a test may change."""

    by_id: dict[str, Template] = field(
        default_factory=lambda: {each.id: each for each in house_templates()}
    )

    async def read(self) -> tuple[Draft, ...]:
        """All of them."""
        return tuple(Draft(self.by_id[name], is_own=False) for name in sorted(self.by_id))

    def change(self, name: str, **changes: object) -> None:
        """Write one anew."""
        self.by_id[name] = replace(self.by_id[name], **changes)  # type: ignore[arg-type]  # a test's


@pytest.fixture
def files() -> Files:
    return Files()


@pytest.fixture
async def published(room: Room, files: Files) -> Room:
    """A room in which version 1 of everything is in force."""
    room.drafts, store, stamp = files, room.house.books.templates, Stamp(HOUSE, NOON)
    for each in files.by_id.values():
        await store.publish(each, stamp)
        await store.put_in_force(each.id, 1, EVERYWHERE, stamp)
    return room


def _told(bodies: tuple[Body, ...], room: Room) -> str:
    says = [each.reply for each in bodies if isinstance(each, TellStaff)]
    now = room.house.clock.now()
    return "\n".join(BOOK.render(each.phrase, now) for each in says if isinstance(each, Say))


async def test_all_templates_are_listed_with_what_is_in_force(published: Room) -> None:
    said = await published.hear("/模板", FANGJIE)
    assert said.startswith(f"工单模板（{len(house_templates())} 个）")
    assert "· 退货（return）第 1 版" in said
    assert "新版" not in said


async def test_a_new_draft_is_told_and_what_is_otherwise_in_it(
    published: Room, files: Files
) -> None:
    files.change("return", priority=files.by_id["complaint"].priority)
    assert "· 退货（return）第 1 版，有新版可发布" in await published.hear("/模板", FANGJIE)
    said = await published.hear("/模板 diff 退货", FANGJIE)
    assert said.splitlines()[:2] == [
        "退货（return）：第 1 版 → 还没发布",
        "  - 优先级从普通改为优先",
    ]


async def test_a_template_is_shown_with_its_form_and_its_ways(published: Room) -> None:
    said = await published.hear("/模板 show 发票", FANGJIE)
    assert "3. 税号＊（文字，“发票类型”选企业才问）" in said
    assert "【待开票】处理" in said
    assert "  交给财务 → 已交财务，要先填发票类型、发票抬头、税号、收票邮箱" in said


async def test_a_manager_publishes_for_one_store_and_then_for_all(
    published: Room, files: Files
) -> None:
    store = published.house.books.templates
    files.change("invoice", about="开发票")
    said = _told(await published.carry_out("/模板 publish 发票 徐家汇店", MANYUN), published)
    assert "· 发票（invoice）第 2 版，xujiahui" in said
    assert "用途说明改为“开发票”" in said
    for name, version in (("xujiahui", 2), ("", 1)):
        assert (found := await store.in_force("invoice", name)) is not None
        assert found.version == version
    assert "  徐家汇店 第 2 版" in await published.hear("/模板", MANYUN)

    said = _told(await published.carry_out("/模板 publish 发票 统一", MANYUN), published)
    assert "所有门店" in said
    assert "xujiahui自己的版本停用了" in said
    assert [each.store for each in await store.everything_in_force() if each.store] == []


async def test_who_published_what_stands_in_the_log_of_the_process(
    published: Room, files: Files, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "desk")
    files.change("urge", about="催")
    await published.carry_out("/模板 publish 催单", MANYUN)
    (line,) = [each for each in caplog.records if each.message == "templates.placed"]
    assert (vars(line)["templates"], vars(line)["by"]) == ("urge@2", "manyun")


async def test_what_is_published_twice_is_told_to_be_the_same(published: Room) -> None:
    said = _told(await published.carry_out("/模板 publish 退货", MANYUN), published)
    assert said == "内容没有变，不用再发布。"
    assert (
        await published.hear("/模板 publish 全部", MANYUN) == "没有要发布的新版，都已经是最新的。"
    )


async def test_a_version_of_before_is_put_back(published: Room, files: Files) -> None:
    files.change("urge", about="催")
    await published.carry_out("/模板 publish 全部", MANYUN)
    said = _told(await published.carry_out("/模板 back 催单", MANYUN), published)
    assert "· 催单（urge）第 1 版，所有门店" in said
    said = _told(await published.carry_out("/模板 back 退货", MANYUN), published)
    assert said == "退货 只用过现在这一版，退不回去。"
    said = _told(await published.carry_out("/模板 back 退货 9", MANYUN), published)
    assert said == "退货 没有第 9 版。看发布过哪些：/模板 记录 退货"


async def test_the_log_tells_who_changed_a_template(published: Room, files: Files) -> None:
    files.change("urge", about="催")
    await published.carry_out("/模板 publish 催单", MANYUN)
    said = (await published.hear("/模板 log 催单", FANGJIE)).splitlines()
    assert said[:2] == ["催单（urge）共 2 版", "· 今天 12:00 manyun 第 2 版用于所有门店"]


async def test_files_with_faults_are_told_and_keep_nobody_from_putting_back(
    published: Room, files: Files, tmp_path: Path
) -> None:
    files.change("urge", about="催")
    await published.carry_out("/模板 publish 催单", MANYUN)
    (tmp_path / "bad.yml").write_text("id: bad", encoding="utf-8")
    published.drafts = TemplateFiles(tmp_path, Places())
    for line in ("/模板", "/模板 publish 催单", "/模板 diff 催单"):
        said = await published.hear(line, MANYUN)
        assert said.startswith("模板文件有误：\nbad.yml name：缺少")
        assert said.endswith("换回以前的：/模板 换回 退货")
    assert "第 2 版" in await published.hear("/模板 show 催单", MANYUN)
    said = _told(await published.carry_out("/模板 back 催单", MANYUN), published)
    assert "第 1 版" in said


@pytest.mark.parametrize("line", ["/模板 publish 退货", "/模板 back 退货"])
async def test_only_managers_publish_and_put_back(published: Room, line: str) -> None:
    outcome = await published.outcome(line, FANGJIE)
    assert outcome.do == ()
    assert "店长" in await published.hear(line, FANGJIE)


async def test_agents_have_nothing_to_do_with_templates(published: Room) -> None:
    assert "主管" in await published.hear("/模板", AMEI)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/模板 show 没有的", "没有叫“没有的”的模板。看有哪些：/模板"),
        ("/模板 show", "要哪个模板？写名字或 id，看有哪些：/模板"),
        ("/模板 publish 退货 火星店", "没有叫“火星店”的门店。现有：徐家汇店"),
        ("/模板 diff 退货", "新版和现在用的一样，没有改动。"),
    ],
)
async def test_a_wrong_line_is_told_the_way_out(published: Room, line: str, said: str) -> None:
    assert await published.hear(line, MANYUN) == said
