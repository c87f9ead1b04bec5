"""Service hours as the merchant writes them, and what is said about wrong ones."""

from pathlib import Path

import pytest

from bot.merchant import BadShopsFile, load_merchant
from desk.staff.hours import Open, ServiceHours


def read(folder: Path, text: str) -> ServiceHours:
    file = folder / "shops.yml"
    file.write_text(text, encoding="utf-8")
    return load_merchant(file, {}).hours


def test_without_a_word_about_it_people_are_there_from_nine_to_ten(tmp_path: Path) -> None:
    assert read(tmp_path, "shops: []\n") == ServiceHours()
    assert load_merchant(None).hours == ServiceHours()


@pytest.mark.parametrize("span", ['"08:30-20:00"', "8:30 - 20:00", "08:30–20:00", "08:30至20:00"])
def test_one_span_is_for_every_day(tmp_path: Path, span: str) -> None:
    hours = read(tmp_path, f"service_hours: {span}\n")
    assert hours == ServiceHours((Open(510, 1200),) * 7)


@pytest.mark.parametrize("off", ["closed", "off"])
def test_days_differ_and_one_may_be_off(tmp_path: Path, off: str) -> None:
    text = f'service_hours:\n  default: "09:00-18:00"\n  sat: "10:00-24:00"\n  sun: {off}\n'
    week = (*(Open(540, 1080),) * 5, Open(600, 1440), None)
    assert read(tmp_path, text) == ServiceHours(week)


def test_days_without_a_word_keep_the_usual_hours(tmp_path: Path) -> None:
    hours = read(tmp_path, "service_hours:\n  sun: closed\n")
    assert hours == ServiceHours((*(Open(),) * 6, None))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("service_hours: 9 to 5", "service_hours："),
        ("service_hours: closed", "service_hours："),
        ("service_hours: [1]", "service_hours："),
        ('service_hours: {sat: "10:00"}', "service_hours.sat："),
        ('service_hours: {sat: "10:60-18:00"}', "service_hours.sat："),
        ('service_hours: {sat: "10:00-24:30"}', "service_hours.sat："),
        ('service_hours: {sat: "22:00-06:00"}', "service_hours.sat："),
        ('service_hours: {saturday: "10:00-18:00"}', "service_hours.saturday："),
        ("service_hours: {default: closed}", "service_hours："),
    ],
)
def test_a_wrong_one_is_named_with_its_field(tmp_path: Path, text: str, where: str) -> None:
    with pytest.raises(BadShopsFile) as refused:
        read(tmp_path, text)
    assert where in refused.value.say
