"""The command line on the real database: published once, compared, put back; the first start."""

import asyncio
import shlex
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bot.__main__ import _parser
from bot.phrases import load_phrases
from bot.rules.actions import Places
from bot.templates.files import TemplateFiles, house_templates
from bot.templates.finding import check_templates
from bot.templates.first import publish_first
from bot.templates.head_office import HeadOffice
from bot.wecom.check import Level
from desk.phrases.book import PhraseBook
from desk.store.database import Database
from desk.templates.data import as_data
from desk.templates.model import Template
from desk.templates.versions import EVERYWHERE, HOUSE, Act, Stamp
from desk.tickets.model import TicketKind
from tests.bot.commands.room import XUJIAHUI, Room
from tests.clocks import NOON, FrozenClock

BOOK = PhraseBook(load_phrases())
URGE = next(each for each in house_templates() if each.id == "urge")
OTHER = replace(XUJIAHUI, id="wujiaochang", name="五角场店")
Run = Callable[[str], Awaitable[int]]


def write(folder: Path, template: Template) -> None:
    """Put the merchant's own file into the folder."""
    text = yaml.safe_dump(as_data(template), allow_unicode=True)
    (folder / f"{template.id}.yml").write_text(text, encoding="utf-8")


@pytest.fixture
async def run(library: Database, clock: FrozenClock, tmp_path: Path) -> AsyncIterator[Run]:
    """Run a line after `python -m bot templates`, in a house that was started once."""
    await publish_first(library, clock)
    room = Room()
    desk = replace(
        room.desk,
        clock=clock,
        stores=(XUJIAHUI, OTHER),
        templates=library.templates,
        drafts=TemplateFiles(tmp_path, Places()),
    )

    async def one(line: str) -> int:
        given = _parser().parse_args(["templates", *shlex.split(line)])
        return await HeadOffice(desk, library, BOOK).run(given)

    yield one
    await room.floor.close()


async def versions(library: Database, *stores: str) -> list[int]:
    """Which version of urging each store follows."""
    found = [await library.templates.in_force("urge", each) for each in stores]
    return [each.version if each else 0 for each in found]


async def test_processes_that_start_at_once_publish_the_houses_templates_once(
    library: Database, clock: FrozenClock
) -> None:
    await asyncio.gather(*(publish_first(library, clock) for _ in range(4)))
    holding = await library.templates.everything_in_force()
    assert [each.template for each in holding] == [each.id for each in house_templates()]
    assert {(each.version, each.store, each.stamp.by) for each in holding} == {
        (1, EVERYWHERE, HOUSE)
    }
    assert [each.act for each in await library.templates.changes("urge", 9)] == [
        Act.PUT_IN_FORCE,
        Act.PUBLISHED,
    ]
    for each in house_templates():
        assert await library.templates.version(each.id, 1) == replace(each, version=1)


async def test_what_was_once_published_is_never_replaced_by_a_start(
    library: Database, clock: FrozenClock
) -> None:
    own, stamp = replace(URGE, name="催发货"), Stamp("laoqin", NOON)
    async with library.open() as books:
        await books.templates.publish(own, stamp)
        await books.templates.put_in_force("urge", 1, EVERYWHERE, stamp)
    await publish_first(library, clock)
    assert await library.templates.in_force("urge") == replace(own, version=1)
    assert len(await library.templates.history("urge")) == 1


async def test_nothing_is_to_be_published_after_the_first_start(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await run("publish") == 1
    assert "没有要发布的新版" in capsys.readouterr().err


async def test_a_changed_file_is_told_compared_and_published_for_one_store(
    run: Run, library: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, replace(URGE, about="催"))
    assert await run("list") == 0
    assert "催单（urge）共 1 版，有新版可发布" in capsys.readouterr().out
    assert await run("diff urge") == 0
    assert capsys.readouterr().out == ("催单（urge）：第 1 版 → 还没发布\n  - 用途说明改为“催”\n")
    assert await run("publish urge --store 徐家汇店 --note 试一试 --by laoqin") == 0
    assert "· 催单（urge）第 2 版，徐家汇店" in capsys.readouterr().out
    assert await versions(library, "xujiahui", "wujiaochang", "") == [2, 1, 1]
    assert await run("list") == 0
    listed = capsys.readouterr().out
    assert "  徐家汇店：第 2 版，laoqin 今天 12:00\n    试一试" in listed
    assert "有新版" not in listed
    assert await run("diff urge 2 1") == 0
    assert "用途说明改为“付款后还没发货" in capsys.readouterr().out


async def test_all_that_is_new_is_published_everywhere_and_once(
    run: Run, library: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, replace(URGE, about="催"))
    write(tmp_path, replace(URGE, id="gift", kind=TicketKind.OTHER, name="送礼"))
    assert await run("publish --everywhere") == 0
    said = capsys.readouterr().out
    assert "· 催单（urge）第 2 版，所有门店" in said
    assert "· 送礼（gift）第 1 版，所有门店" in said
    assert await run("publish urge") == 0
    assert capsys.readouterr().out == "内容没有变，不用再发布。\n"
    assert len(await library.templates.history("urge")) == 2


async def test_own_versions_of_stores_end_only_when_that_is_asked(
    run: Run, library: Database, tmp_path: Path
) -> None:
    write(tmp_path, replace(URGE, about="催"))
    await run("publish urge --store xujiahui")
    write(tmp_path, replace(URGE, about="催一催"))
    await run("publish urge")
    assert await versions(library, "xujiahui", "") == [2, 3]
    assert await run("publish urge --replace") == 0
    assert await versions(library, "xujiahui", "") == [3, 3]
    assert await run("publish urge --replace --store xujiahui") == 1


async def test_what_was_before_is_put_back(
    run: Run, library: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, replace(URGE, about="催"))
    await run("publish urge")
    assert await run("back urge") == 0
    assert await versions(library, "") == [1]
    assert await run("back urge 2 --store 五角场店") == 0
    assert await versions(library, "wujiaochang", "") == [2, 1]
    assert await run("back urge 7") == 1
    assert "没有第 7 版" in capsys.readouterr().out


async def test_the_log_tells_who_did_what_where(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, replace(URGE, about="催"))
    await run("publish urge --store xujiahui --by laoqin --note 先试一家")
    await run("publish urge --replace --by manyun")
    capsys.readouterr()
    assert await run("log 催单") == 0
    assert capsys.readouterr().out.splitlines() == [
        "催单（urge）共 2 版",
        "· 今天 12:00 manyun 第 2 版用于所有门店",
        "· 今天 12:00 manyun 停用徐家汇店自己的第 2 版",
        "· 今天 12:00 laoqin 第 2 版用于徐家汇店",
        "    先试一家",
        "· 今天 12:00 laoqin 发布第 2 版",
        "    先试一家",
        "· 今天 12:00 系统自带 第 1 版用于所有门店",
        "· 今天 12:00 系统自带 发布第 1 版",
    ]


async def test_two_who_publish_at_once_end_with_one_of_both_whole(
    run: Run, library: Database, tmp_path: Path
) -> None:
    write(tmp_path, replace(URGE, about="催"))
    assert await asyncio.gather(*(run("publish urge --by laoqin") for _ in range(4))) == [0] * 4
    assert await versions(library, "") == [2]
    acts = [each.act for each in await library.templates.changes("urge", 9)]
    assert acts == [Act.PUT_IN_FORCE, Act.PUBLISHED] * 2


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("diff nothing", "没有叫“nothing”的模板"),
        ("diff urge 8", "urge 没有第 8 版"),
        ("publish urge --store 火星店", "没有叫“火星店”的门店。现有：徐家汇店、五角场店"),
    ],
)
async def test_a_wrong_line_is_told_the_way_out(
    run: Run, line: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await run(line) == 1
    assert why in capsys.readouterr().err


async def test_the_check_of_the_house_tells_what_could_be_published(
    run: Run, library: Database, tmp_path: Path
) -> None:
    drafts = TemplateFiles(tmp_path, Places())
    assert (await check_templates(library.templates, drafts)).level is Level.OK
    write(tmp_path, replace(URGE, about="催"))
    found = await check_templates(library.templates, drafts)
    assert found.level is Level.WARN
    assert "有新版可发布：催单" in found.say
    await run("publish urge")
    await run("back urge")
    # What was put back on purpose is not new.
    assert (await check_templates(library.templates, drafts)).level is Level.OK
    (tmp_path / "bad.yml").write_text("id: bad", encoding="utf-8")
    assert (await check_templates(library.templates, drafts)).level is Level.FAIL
