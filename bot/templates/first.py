"""What the house comes with is in force from the first start on, without anybody's doing."""

from bot.templates.files import house_templates
from desk.books import Library
from desk.kernel.clock import Clock
from desk.templates.versions import EVERYWHERE, HOUSE, Stamp


async def publish_first(library: Library, clock: Clock) -> None:
    """Publish, as version 1, each template of the house that was never published.

    Processes that start at the same time do it once. A later change of what the house comes with
    is never forced on anybody: see `python -m bot check`.
    """
    known = {each.template for each in await library.templates.everything_in_force()}
    missing = [each for each in house_templates() if each.id not in known]
    if not missing:
        return
    stamp = Stamp(HOUSE, clock.now())
    async with library.open() as books:
        await books.templates.alone()
        for template in missing:
            if await books.templates.history(template.id):
                continue
            published = (await books.templates.publish(template, stamp)).template
            await books.templates.put_in_force(published.id, published.version, EVERYWHERE, stamp)
