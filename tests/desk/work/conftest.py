"""A house for each test."""

import pytest

from tests.desk.work.house import House


@pytest.fixture
def house() -> House:
    return House()
