"""Starts the understanding process once for the tests that speak to it."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv-nlu" / "bin" / "python"
PATIENCE_SECONDS = 45


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _until_ready(process: asyncio.subprocess.Process) -> None:
    assert process.stdout is not None
    line = b""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            line = await process.stdout.readline()
    except TimeoutError:
        process.kill()
    if not line.startswith(b"nlu: ready"):
        assert process.stderr is not None
        said = (await process.stderr.read()).decode()[-2000:]
        pytest.fail(f"the understanding process did not start: {said}")


@pytest.fixture(scope="session")
async def nlu_url() -> AsyncIterator[str]:
    """Yield the address of a started process with the cached model."""
    if not PYTHON.exists():
        pytest.fail("there is no .venv-nlu; run nlu/setup.sh")
    port = _free_port()
    process = await asyncio.create_subprocess_exec(
        *(str(PYTHON), "-W", "ignore", "-m", "nlu.serve"),
        cwd=ROOT,
        env={**os.environ, "NLU_HOST": "127.0.0.1", "NLU_PORT": str(port)},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    await _until_ready(process)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    await process.communicate()
    assert process.returncode == 0, "SIGTERM must end the process in order"


@pytest.fixture(scope="session")
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """Yield a client session."""
    async with aiohttp.ClientSession() as session:
        yield session
