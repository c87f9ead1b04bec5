"""Templates in the store: versions stand, stores keep their own, everything is in the log."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from desk.store.database import Database
from desk.templates.model import AskedIf, Field, FieldType, Option, Step, Template, Transition
from desk.templates.versions import EVERYWHERE, Act, InForce, Stamp
from desk.tickets.model import Priority, TicketKind, TicketState
from tests.clocks import NOON

BY = Stamp("fangjie", NOON, "first")
LATER = Stamp("manyun", NOON + timedelta(hours=1))

INVOICE = Template(
    id="invoice",
    version=0,
    name="发票",
    kind=TicketKind.INVOICE,
    priority=Priority.NORMAL,
    fields=(
        Field("type", "类型", FieldType.CHOICE, options=(Option("company", "企业", ("公司",)),)),
        Field("tax", "税号", FieldType.TEXT, asked_if=AskedIf("type", ("company",))),
    ),
    steps=(Step("todo", "待开", TicketState.OPEN), Step("done", "已开", TicketState.SOLVED)),
    transitions=(Transition("todo", "done", "开好了", ("type",)),),
    rules=({"on": "ticket.opened", "then": [{"tag": "发票"}]},),
    layout={"todo": {"x": 1.5, "y": 0}},
)
CHANGED = replace(INVOICE, name="开票")


async def _publish(library: Database, template: Template, *stores: str) -> int:
    async with library.open() as books:
        version = (await books.templates.publish(template, BY)).template.version
        for store in stores:
            await books.templates.put_in_force(template.id, version, store, BY)
    return version


async def test_what_was_published_comes_back_as_it_was(library: Database) -> None:
    assert await _publish(library, INVOICE) == 1
    assert await library.templates.version("invoice", 1) == replace(INVOICE, version=1)
    assert await library.templates.version("invoice", 2) is None


async def test_the_same_content_is_not_a_new_version(library: Database) -> None:
    versions = [await _publish(library, each) for each in (INVOICE, CHANGED, INVOICE)]
    assert versions == [1, 2, 1]
    assert [each.template.version for each in await library.templates.history("invoice")] == [2, 1]


async def test_nothing_is_in_force_by_being_published_alone(library: Database) -> None:
    await _publish(library, INVOICE)
    assert await library.templates.in_force("invoice") is None


async def test_a_store_with_its_own_version_does_not_follow_the_others(library: Database) -> None:
    await _publish(library, INVOICE, EVERYWHERE)
    await _publish(library, CHANGED, "xujiahui")
    for store, name in (("xujiahui", "开票"), ("wujiaochang", "发票"), ("", "发票")):
        found = await library.templates.in_force("invoice", store)
        assert found is not None
        assert found.name == name


async def test_own_versions_end_where_all_shall_follow_one(library: Database) -> None:
    await _publish(library, INVOICE, EVERYWHERE, "b")
    await _publish(library, CHANGED, "a")
    async with library.open() as books:
        assert await books.templates.end_own("invoice", LATER) == ("a", "b")
        assert await books.templates.end_own("invoice", LATER) == ()
    assert await library.templates.everything_in_force() == (InForce("invoice", 1, EVERYWHERE, BY),)
    ended = await library.templates.changes("invoice", 2)
    assert {(each.act, each.store, each.version, each.stamp) for each in ended} == {
        (Act.OWN_ENDED, "a", 2, LATER),
        (Act.OWN_ENDED, "b", 1, LATER),
    }


async def test_putting_in_force_what_is_in_force_changes_nothing(library: Database) -> None:
    await _publish(library, INVOICE, EVERYWHERE)
    async with library.open() as books:
        assert not await books.templates.put_in_force("invoice", 1, EVERYWHERE, LATER)
    assert (await library.templates.everything_in_force())[0].stamp == BY
    acts = [each.act for each in await library.templates.changes("invoice", 9)]
    assert acts == [Act.PUT_IN_FORCE, Act.PUBLISHED]


async def test_what_is_rolled_back_is_not_remembered_by_the_process(library: Database) -> None:
    async def fail() -> None:
        async with library.open() as books:
            await books.templates.publish(INVOICE, BY)
            assert await books.templates.version("invoice", 1) is not None
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await library.templates.version("invoice", 1) is None
    await _publish(library, CHANGED)
    found = await library.templates.version("invoice", 1)
    assert found is not None
    assert found.name == "开票"


async def test_a_version_is_read_once_by_a_process(library: Database) -> None:
    await _publish(library, INVOICE, EVERYWHERE)
    known = await library.templates.version("invoice", 1)
    assert known is not None
    assert await library.templates.in_force("invoice", "xujiahui") is known
    async with library.open() as books:
        assert await books.templates.version("invoice", 1) is known


async def test_many_who_publish_at_once_never_share_a_number(library: Database) -> None:
    drafts = [replace(INVOICE, about=str(at)) for at in range(6)]
    versions = await asyncio.gather(*(_publish(library, each, EVERYWHERE) for each in drafts * 2))
    assert sorted(set(versions)) == [1, 2, 3, 4, 5, 6]
    history = await library.templates.history("invoice")
    assert {each.template.about for each in history} == {each.about for each in drafts}


@pytest.mark.parametrize(
    "statement",
    ["UPDATE template_versions SET note = 'x'", "DELETE FROM template_versions"],
)
async def test_the_database_itself_refuses_to_change_a_version(
    library: Database, statement: str
) -> None:
    await _publish(library, INVOICE)
    with pytest.raises(DBAPIError, match="stands"):
        async with library.reading() as connection:
            await connection.execute(text(statement))
    assert await library.templates.version("invoice", 1) is not None
