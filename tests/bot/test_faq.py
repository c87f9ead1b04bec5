"""The merchant's frequently asked questions are read, and what is wrong is named."""

from pathlib import Path

import pytest

from bot.merchant import BadShopsFile, load_merchant
from desk.consulting.model import FaqEntry


def read(tmp_path: Path, text: str) -> tuple[FaqEntry, ...]:
    path = tmp_path / "shops.yml"
    path.write_text(text, encoding="utf-8")
    return load_merchant(path, {}).faq


def test_entries_are_read_for_all_products_or_for_some(tmp_path: Path) -> None:
    for_all = "- {question: 是正品吗, answer: 是的。}\n"
    text = f"faq:\n{for_all}- {{question: 怎么洗, answer: 手洗。, products: [鞋]}}\n"
    assert read(tmp_path, text) == (
        FaqEntry("是正品吗", "是的。"),
        FaqEntry("怎么洗", "手洗。", ("鞋",)),
    )


def test_without_the_section_there_are_none(tmp_path: Path) -> None:
    assert read(tmp_path, "shops: []\n") == ()


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("faq: 是正品吗", "faq："),
        ("faq: [是正品吗]", "faq[0]："),
        ("faq: [{question: 是正品吗}]", "faq[0].answer："),
        ('faq: [{question: " ", answer: 是}]', "faq[0].question："),
        ("faq: [{question: 问, answer: 答, product: 鞋}]", "faq[0].product："),
        ("faq: [{question: 问, answer: 答, products: 鞋}]", "faq[0].products："),
        ("faq: [{question: 问, answer: 答, products: [1]}]", "faq[0].products："),
        (f"faq: [{{question: 问, answer: {'长' * 301}}}]", "faq[0].answer："),
    ],
)
def test_a_wrong_entry_is_named_with_its_field(tmp_path: Path, text: str, where: str) -> None:
    with pytest.raises(BadShopsFile) as refused:
        read(tmp_path, text)
    assert where in refused.value.say
