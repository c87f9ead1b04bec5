"""Publishing: all of a command or nothing, told with what is otherwise; before can be put back."""

from dataclasses import replace

from bot.phrases import load_phrases
from bot.templates.files import house_templates
from desk.phrases.book import PhraseBook
from desk.shops.stores import Store
from desk.templates.commands import PublishTemplates, PutBackTemplate, TemplateCommand
from desk.templates.events import NotPutBack, TemplatesPlaced
from desk.templates.publishing import Publishing
from desk.templates.versions import EVERYWHERE
from desk.templates.wording import not_put_back_said, placed_said
from tests.clocks import NOON
from tests.fakes.templates import FakeTemplates

BOOK = PhraseBook(load_phrases())
URGE = next(each for each in house_templates() if each.id == "urge")
SECOND, THIRD = replace(URGE, name="催发货"), replace(URGE, name="催一催")
PLACES = tuple(
    Store(each, name, "上海", "", "路1号", "", "", 31.2, 121.4)
    for each, name in (("a", "徐家汇店"), ("b", "五角场店"))
)


async def done(store: FakeTemplates, *commands: TemplateCommand) -> str:
    """Carry out commands; what is said of the last one."""
    publishing = Publishing(store, PLACES, NOON)
    event = [await publishing.carry_out(each) for each in commands][-1][0]
    if isinstance(event, NotPutBack):
        return BOOK.render(not_put_back_said(event), NOON)
    return BOOK.render(placed_said(event), NOON)


def publish(template: object = URGE, *stores: str, replace_own: bool = False) -> PublishTemplates:
    """As the head office does."""
    assert isinstance(template, type(URGE))
    return PublishTemplates((template,), "laoqin", stores or (EVERYWHERE,), replace_own)


async def in_force(store: FakeTemplates, *places: str) -> list[int]:
    """The versions that stores follow."""
    found = [await store.in_force("urge", each) for each in places]
    return [each.version if each else 0 for each in found]


async def test_a_store_keeps_its_own_until_it_is_published_over() -> None:
    store = FakeTemplates()
    await done(store, publish(), publish(SECOND, "a"), publish(THIRD))
    assert await in_force(store, "a", "b", "") == [2, 3, 3]
    said = await done(store, publish(THIRD, "a"))
    assert await in_force(store, "a", "b") == [3, 3]
    assert "· 催一催（urge）第 3 版，徐家汇店\n  - 模板改名为“催一催”" in said


async def test_all_stores_are_made_one_only_when_that_is_said() -> None:
    store = FakeTemplates()
    await done(store, publish(), publish(SECOND, "a", "b"))
    said = await done(store, publish(THIRD, replace_own=True))
    assert await in_force(store, "a", "b", "") == [3, 3, 3]
    assert "徐家汇店、五角场店自己的版本停用了" in said


async def test_replacing_with_what_is_in_force_for_the_others_ends_what_stores_have() -> None:
    store = FakeTemplates()
    await done(store, publish(), publish(SECOND, "b"))
    said = await done(store, publish(URGE, replace_own=True))
    assert await in_force(store, "a", "b") == [1, 1]
    assert "五角场店自己的版本停用了" in said


async def test_what_was_before_is_put_back_and_forth() -> None:
    store = FakeTemplates()
    back = PutBackTemplate("urge", "laoqin")
    await done(store, publish(), publish(SECOND), publish(THIRD), back)
    assert await in_force(store, "") == [2]
    await done(store, back)
    assert await in_force(store, "") == [3]
    await done(store, replace(back, version=1))
    assert await in_force(store, "") == [1]


async def test_a_store_is_put_back_alone() -> None:
    store = FakeTemplates()
    await done(store, publish(), publish(SECOND, "a"), publish(THIRD, "a"))
    await done(store, PutBackTemplate("urge", "laoqin", stores=("a",)))
    assert await in_force(store, "a", "b") == [2, 1]
    said = await done(store, PutBackTemplate("urge", "laoqin", stores=("b",)))
    assert said == "催单 只用过现在这一版，退不回去。"


async def test_where_one_store_cannot_be_put_back_none_is() -> None:
    store = FakeTemplates()
    await done(store, publish(), publish(SECOND, "a"), publish(THIRD, "a"))
    await done(store, PutBackTemplate("urge", "laoqin", stores=("a", "b")))
    assert await in_force(store, "a") == [3]


async def test_many_changes_are_told_in_part() -> None:
    store = FakeTemplates()
    await done(store, publish())
    fields = tuple(replace(each, label=f"{each.label}？") for each in URGE.fields)
    steps = tuple(replace(each, label=f"{each.label}！") for each in URGE.steps)
    said = await done(store, publish(replace(URGE, fields=fields, steps=steps)))
    assert "另有 1 处改动" in said


async def test_the_log_tells_who_did_what_and_why() -> None:
    store = FakeTemplates()
    asked = replace(publish(), note="双十一")
    await done(store, asked)
    assert {(each.stamp.by, each.stamp.note) for each in store.log} == {("laoqin", "双十一")}


async def test_an_event_names_what_took_whose_place() -> None:
    store = FakeTemplates()
    await done(store, publish())
    (event,) = await Publishing(store, PLACES, NOON).carry_out(publish(SECOND))
    assert isinstance(event, TemplatesPlaced)
    (placed,) = event.placed
    assert placed.is_new
    assert placed.before is not None
    assert (placed.before.version, placed.template.version) == (1, 2)
