"""Whatever stands in a file: it is read, or refused in words; nothing is thrown at the merchant."""

import copy
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.actions import Places
from bot.templates.checks import check_template
from bot.templates.files import house_templates
from bot.templates.reading import read_template
from desk.templates.data import as_data

WHOLE = [as_data(each) for each in house_templates()]
_ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**12),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from(
        ["open", "solved", "type", "reason", "{x}", "[", "(a+)+", "企业", "in", "text"]
    ),
    st.lists(st.integers(0, 3), max_size=2),
    st.dictionaries(st.one_of(st.text(max_size=4), st.integers(0, 3)), st.integers(), max_size=2),
)


def _places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    keys = data.items() if isinstance(data, dict) else enumerate(data)
    found: list[tuple[Any, ...]] = []
    for key, each in keys:
        found.append((*path, key))
        if isinstance(each, dict | list):
            found += _places(each, (*path, key))
    return found


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_file_with_something_odd_in_it_is_read_or_refused(data: st.DataObject) -> None:
    content = copy.deepcopy(data.draw(st.sampled_from(WHOLE)))
    for _ in range(data.draw(st.integers(1, 2))):
        *path, last = data.draw(st.sampled_from(_places(content)))
        at: Any = content
        for key in path:
            at = at[key]
        if data.draw(st.booleans()):
            at[last] = data.draw(_ODD)
        else:
            del at[last]
        if not content:
            return
    text = yaml.safe_dump(content, allow_unicode=True)
    template, problems = read_template("odd.yml", text)
    assert (template is None) == bool(problems)
    assert all(str(each) for each in problems)
    if template is not None:
        found = check_template("odd.yml", template, Places())
        assert all(str(each) for each in found)
        assert as_data(template)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all_is_refused_in_words(text: str) -> None:
    template, problems = read_template("odd.yml", text)
    assert template is None
    assert problems
