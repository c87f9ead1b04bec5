#!/bin/sh
# Renews the lock files: every version pinned by hash, no address of any index in them.
set -eu
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .cache/uv/bin/uv)
compile() {
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-header pyproject.toml "$@"
}
compile -o requirements.lock
compile --group dev -c requirements.lock -o requirements-dev.lock
