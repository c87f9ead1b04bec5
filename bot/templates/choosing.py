"""Which template, which stores and which versions are meant, however it was asked."""

from collections.abc import Sequence

from bot.templates.overview import Standing
from desk.kernel.messages import Phrase, phrase
from desk.shops.stores import Store
from desk.templates.difference import differences
from desk.templates.model import Template
from desk.templates.outline import outline, version_told
from desk.templates.versions import EVERYWHERE


class Unclear(Exception):
    """It cannot be told what is meant; `why` says so, with the way out."""

    def __init__(self, why: Phrase) -> None:
        super().__init__(why.key)
        self.why = why


def chosen(word: str, known: Sequence[Standing]) -> Standing:
    """A template by its id or its name.

    Raises:
        Unclear: there is none.
    """
    found = next((each for each in known if word.lower() in _names(each)), None)
    if found is None:
        raise Unclear(phrase("cmd.template.unknown", word=word))
    return found


def chosen_stores(
    words: Sequence[str], stores: Sequence[Store], *, alone: bool = False
) -> tuple[str, ...]:
    """The ids of stores that are named by id or name; `EVERYWHERE` where none is named.

    Raises:
        Unclear: there is no such store, or none at all, or none may be named (`alone`).
    """
    if words and alone:
        raise Unclear(phrase("cmd.template.all_or_some"))
    if words and not stores:
        raise Unclear(phrase("cmd.template.no_stores"))
    ids = {name: each.id for each in stores for name in (each.id, each.name)}
    for word in words:
        if word not in ids:
            known = "、".join(each.name for each in stores)
            raise Unclear(phrase("cmd.template.unknown_store", word=word, stores=known))
    return tuple(dict.fromkeys(ids[each] for each in words)) or (EVERYWHERE,)


def drafts_to_publish(chosen_ones: Sequence[Standing]) -> tuple[Template, ...]:
    """The drafts of templates.

    Raises:
        Unclear: there is nothing to publish.
    """
    drafts = tuple(each.draft.template for each in chosen_ones if each.draft)
    if not drafts:
        raise Unclear(phrase("cmd.template.nothing_new"))
    return drafts


def compared(standing: Standing, numbers: Sequence[int]) -> Phrase:
    """What is otherwise in one version than in another.

    Without numbers: in the draft than in the version in force; with one: in the draft than in it.

    Raises:
        Unclear: there is no version of such a number.
    """
    versions = [_version(standing, each) for each in numbers[:2]]
    draft = standing.draft.template if standing.draft else standing.shown
    assert draft is not None
    before = versions[0] if versions else standing.everywhere
    after = versions[1] if len(versions) > 1 else draft
    if before is None:
        return outline(after)
    lines = tuple(phrase("template.change_line", what=each) for each in differences(before, after))
    if not lines:
        return phrase("cmd.template.same")
    return phrase(
        "cmd.template.diff",
        name=before.name,
        id=standing.id,
        before=version_told(before.version),
        after=version_told(after.version),
        lines=lines,
    )


def _version(standing: Standing, number: int) -> Template:
    found = standing.version(number)
    if found is None:
        raise Unclear(phrase("template.no_version", template=standing.id, version=number))
    return found


def _names(standing: Standing) -> set[str]:
    templates = (standing.draft.template if standing.draft else None, standing.everywhere)
    return {standing.id, *(each.name.lower() for each in templates if each)}
