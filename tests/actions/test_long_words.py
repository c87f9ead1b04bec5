"""What customers write to a form is read in one go, however long it is."""

import pytest

from actions.form_words import leaves_to_us, right_instead, skips

MANY = 60_000


@pytest.mark.parametrize("tail", ["x", "\nx"])
def test_marks_without_end_neither_correct_nor_leave_anything_open(tail: str) -> None:
    assert right_instead("不对" + "," * MANY + tail).strip("x") == ""
    assert not leaves_to_us("随便" + "," * MANY + tail)
    assert not skips("不知道" + "的" * MANY + tail)
    assert not skips("嗯" * MANY + tail)


def test_what_is_right_instead_is_found_behind_marks() -> None:
    assert right_instead("不好意思，写错了，，应该是：  光明公司") == "光明公司"
