"""Shifts, skills with levels, and how work is shared, as the staff file writes them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.wecom.sharing_file import load_sharing
from bot.wecom.staff_entries import BadStaffFile
from bot.wecom.staff_file import load_staff
from desk.staff.directory import Staff
from desk.staff.sharing import WEIGHTS, GradeRule, SharingPolicy
from desk.staff.shifts import shift_at
from sandbox import merchant


def read(tmp_path: Path, text: str) -> Staff:
    """The only member of a file."""
    path = tmp_path / "staff.yml"
    path.write_text(f"staff:\n  - {text}\n", encoding="utf-8")
    (member,) = load_staff(path)
    return member


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A time in November 2026 in Shanghai; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("shift", "then", "works"),
    [
        ("08:00-16:00", at(23, 8), True),
        ("08:00-16:00", at(23, 15, 59), True),
        ("08:00-16:00", at(23, 16), False),
        ("20:00-04:00", at(23, 23), True),
        ("20:00-04:00", at(24, 3, 59), True),
        ("20:00-04:00", at(24, 4), False),
        ("16:00-24:00", at(23, 23, 59), True),
        ("16:00-24:00", at(24, 0), False),
        ("周一至周五 09:00-18:00", at(27, 9), True),
        ("周一至周五 09:00-18:00", at(28, 9), False),
        ("周五 22:00-06:00", at(28, 5), True),
        ("周五 22:00-06:00", at(27, 5), False),
        ("周六至周一 09:00-18:00", at(29, 9), True),
        ("周六至周一 09:00-18:00", at(24, 9), False),
    ],
)
def test_a_shift_is_under_way_from_its_beginning_to_its_end_past_midnight_too(
    tmp_path: Path, shift: str, then: datetime, works: bool
) -> None:
    member = read(tmp_path, f'{{userid: amei, shifts: ["{shift}"]}}')
    assert (shift_at(member.shifts, then) is not None) is works


def test_who_begins_before_noon_is_early(tmp_path: Path) -> None:
    member = read(tmp_path, '{userid: amei, shifts: ["08:00-12:00", "14:00-22:00"]}')
    assert [each.is_early for each in member.shifts] == [True, False]


def test_levels_capacity_grade_and_region_are_read(tmp_path: Path) -> None:
    member = read(
        tmp_path,
        "{userid: amei, capacity: 8, grade: 金牌, region: 上海, skills: {logistics: 3, refund: 2}}",
    )
    assert (member.capacity, member.grade, member.region) == (8, 3, "上海")
    assert (member.skills, member.levels) == (("logistics", "refund"), (("logistics", 3),))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('{userid: a, shifts: "08:00-16:00"}', "staff[0].shifts"),
        ('{userid: a, shifts: ["8点到16点"]}', "staff[0].shifts[0]"),
        ('{userid: a, shifts: ["08:00-08:00"]}', "staff[0].shifts[0]"),
        ('{userid: a, shifts: ["08:00-25:00"]}', "staff[0].shifts[0]"),
        ('{userid: a, shifts: ["08:00-09:60"]}', "staff[0].shifts[0]"),
        ("{userid: a, skills: {logistics: 4}}", "staff[0].skills.logistics"),
        ("{userid: a, capacity: 0}", "staff[0].capacity"),
        ("{userid: a, capacity: many}", "staff[0].capacity"),
        ("{userid: a, grade: king}", "staff[0].grade"),
        ("{userid: a, region: [上海]}", "staff[0].region"),
    ],
)
def test_what_is_wrong_with_a_member_is_named_with_its_place(
    tmp_path: Path, text: str, where: str
) -> None:
    with pytest.raises(BadStaffFile) as caught:
        read(tmp_path, text)
    assert f"{where}：" in caught.value.say


def sharing(tmp_path: Path, text: str) -> SharingPolicy:
    """How work is shared by a file."""
    path = tmp_path / "staff.yml"
    path.write_text(f"staff: []\nsharing: {text}\n", encoding="utf-8")
    return load_sharing(path)


def test_what_is_not_written_stays_as_usual(tmp_path: Path) -> None:
    read_policy = sharing(tmp_path, "{accept: 20, weights: {distance: 5}, surge: {tickets: 9}}")
    assert read_policy.accept == timedelta(minutes=20)
    assert read_policy.weights == {**WEIGHTS, "distance": 5}
    assert (read_policy.surge.tickets, read_policy.surge.within) == (9, timedelta(minutes=10))
    assert read_policy.accept_urgent == SharingPolicy().accept_urgent
    assert sharing(tmp_path, "{}") == load_sharing(None) == SharingPolicy()


def test_grades_by_tier_and_region_are_read(tmp_path: Path) -> None:
    rules = sharing(tmp_path, "{grades: [{tier: vip, region: 上海, grade: best}, {grade: new}]}")
    assert rules.grades == (GradeRule("vip", "上海", 3), GradeRule("", "", 1))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[]", "sharing"),
        ("{speed: 3}", "sharing.speed"),
        ("{accept: 0}", "sharing.accept"),
        ("{weights: {beauty: 1}}", "sharing.weights.beauty"),
        ("{weights: {complaints: 2}}", "sharing.weights.complaints"),
        ("{weights: {load: -1}}", "sharing.weights.load"),
        ("{grades: best}", "sharing.grades"),
        ("{grades: [{tier: vip}]}", "sharing.grades[0].grade"),
        ("{surge: {kinds_first: return}}", "sharing.surge.kinds_first"),
    ],
)
def test_what_is_wrong_with_sharing_is_named_with_its_place(
    tmp_path: Path, text: str, where: str
) -> None:
    with pytest.raises(BadStaffFile) as caught:
        sharing(tmp_path, text)
    assert f"{where}：" in caught.value.say


def test_the_sandboxs_own_file_can_be_used() -> None:
    path = Path(merchant.__path__[0]) / "staff.yml"
    assert {each.userid for each in load_staff(path)} >= {"amei", "xiaolu", "dazhi", "fangjie"}
    assert load_sharing(path).grades[0] == GradeRule("vip", "上海", 3)
