"""What is raised when an engine does not start."""

from pathlib import Path

from desk.kernel.errors import DeskError


class EngineFailed(DeskError):
    """An embedded engine does not run; `why` is for the operator."""

    def __init__(self, engine: str, why: str) -> None:
        super().__init__(f"engine.{engine}", f"{engine} 启动失败：{why}")
        self.why = why


def end_of(log: Path, characters: int = 2000) -> str:
    """The end of an engine's own log, for the operator."""
    return log.read_text(errors="replace")[-characters:] if log.exists() else "(no log)"
