"""Logs hold neither personal data nor secrets."""

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.telemetry import configure_logging


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root, desk = logging.getLogger(), logging.getLogger("desk")
    before = list(root.handlers), root.level, desk.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    desk.setLevel(before[2])


@pytest.mark.parametrize(
    ("fields", "secret"),
    [
        ({"text": "我的地址是延安路1号"}, "延安路"),
        ({"phone": "13812345678"}, "13812345678"),
        ({"why": "call 13812345678 back"}, "13812345678"),
        ({"why": "id 11010519491231002X"}, "11010519491231002X"),
        ({"url": "https://host/cgi-bin/x?access_token=abc123&debug=1"}, "abc123"),
        ({"url": "/cgi-bin/gettoken?corpid=ww1&corpsecret=s3cr3t"}, "s3cr3t"),
        ({"token": "t0k3n"}, "t0k3n"),
    ],
)
def test_private_words_are_blanked(
    fields: dict[str, str], secret: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging("INFO")
    structlog.get_logger().info("test.happened", **fields)
    line = capsys.readouterr().err
    assert secret not in line
    assert json.loads(line)["event"] == "test.happened"


def test_an_exceptions_text_is_blanked_too(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("INFO")
    try:
        int("13812345678 access_token=abc123")
    except ValueError:
        structlog.get_logger().exception("test.failed")
    line = capsys.readouterr().err
    assert "13812345678" not in line
    assert "abc123" not in line


def test_the_desks_own_lines_come_out_with_their_fields(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging("INFO")
    logging.getLogger("desk").info("ticket.taken", extra={"number": "T-1", "phone": "13812345678"})
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["number"], line["level"]) == ("ticket.taken", "T-1", "info")
    assert line["phone"] == "***"


def test_libraries_are_heard_from_warnings_on_without_private_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging("INFO")
    library = logging.getLogger("some.library")
    library.info("chatter")
    library.warning("lost the call of %s", "13812345678")
    line = json.loads(capsys.readouterr().err)
    assert line["event"] == "lost the call of ***"


def test_quieter_lines_than_the_level_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("WARNING")
    structlog.get_logger().info("test.happened")
    assert capsys.readouterr().err == ""
