# Two images: `docker build --target bot .` and `docker build --target nlu .`
FROM python:3.11-slim-bookworm AS base
RUN pip install --no-cache-dir uv && useradd --create-home --uid 10001 zhanggui
WORKDIR /app
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy PYTHONUNBUFFERED=1

FROM base AS bot
COPY requirements.lock ./
RUN uv venv .venv && uv pip sync --require-hashes --python .venv/bin/python requirements.lock
COPY bot bot
COPY actions actions
COPY integrations integrations
COPY desk desk
COPY alembic.ini ./
RUN mkdir .data && chown zhanggui .data
USER zhanggui
ENV HOST=0.0.0.0 PATH=/app/.venv/bin:$PATH
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["all"]

FROM base AS nlu
COPY nlu nlu
RUN sh nlu/setup.sh
COPY config.yml ./
COPY nlu_data nlu_data
RUN .venv-nlu/bin/python -m nlu.train && chown -R zhanggui .cache
USER zhanggui
ENV NLU_HOST=0.0.0.0
EXPOSE 5005
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
    CMD [".venv-nlu/bin/python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:5005/status', timeout=2)"]
CMD [".venv-nlu/bin/python", "-m", "nlu.serve"]
