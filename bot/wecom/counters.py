"""What /metrics tells about WeCom."""

from prometheus_client import Counter, Histogram

CALLBACKS = Counter(
    "zhanggui_wecom_callbacks_total", "Callbacks by step and what they were", ["step", "what"]
)
CALLS = Counter("zhanggui_wecom_calls_total", "Calls by path and errcode", ["path", "errcode"])
CALL_SECONDS = Histogram("zhanggui_wecom_call_seconds", "How long calls take", ["path"])
PULLED = Counter("zhanggui_wecom_pulled_total", "Messages pulled by what they were", ["what"])
