#!/bin/sh
# Makes the environments from their lock files: `tools/setup.sh run|dev|nlu|browser|vendure …`.
# A second call with unchanged locks costs nothing.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"

find_python() {
    for each in "${PYTHON:-}" python3.11 python3.12 python3.13 python3; do
        if [ -n "$each" ] && command -v "$each" >/dev/null 2>&1 &&
            "$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$each"
            return
        fi
    done
    echo "setup: Python 3.11 or newer is needed; install it or set PYTHON=/path/to/python" >&2
    exit 1
}

find_uv() {
    if command -v uv >/dev/null 2>&1; then
        command -v uv
        return
    fi
    if [ ! -x .cache/uv/bin/uv ]; then
        echo "setup: fetching uv into .cache/uv" >&2
        "$(find_python)" -m venv .cache/uv
        .cache/uv/bin/pip install --quiet --disable-pip-version-check uv >&2
    fi
    echo "$root/.cache/uv/bin/uv"
}

# environment LOCK: makes .venv hold exactly what the lock says; the dev lock serves a run, too.
environment() {
    want=$(cksum <"$1")
    if [ -f .venv/.synced ] && grep -qF "$1 $want" .venv/.synced; then
        return
    fi
    if [ "$1" = requirements.lock ] && [ -f .venv/.synced ] &&
        grep -qF "requirements-dev.lock $(cksum <requirements-dev.lock)" .venv/.synced; then
        return
    fi
    uv=$(find_uv)
    echo "setup: making .venv from $1"
    [ -x .venv/bin/python ] || "$uv" venv --quiet --python "$(find_python)" .venv
    UV_COMPILE_BYTECODE=1 "$uv" pip sync --quiet --require-hashes --python .venv/bin/python "$1"
    echo "$1 $want" >.venv/.synced
}

# The browser of the page tests; only Debian's can be installed here, others by hand.
browser() {
    for each in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
        if [ -n "$each" ] && command -v "$each" >/dev/null 2>&1; then return; fi
    done
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "setup: installing Chromium and a Chinese font for the page tests"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-cjk >/dev/null
        return
    fi
    echo "setup: the page tests need Chromium; install it or set CHROMIUM=/path/to/chromium" >&2
    exit 1
}

for part in "$@"; do
    case "$part" in
    run) environment requirements.lock ;;
    dev) environment requirements-dev.lock ;;
    nlu) UV=$(find_uv) sh nlu/setup.sh ;;
    browser) browser ;;
    vendure) UV=$(find_uv) PYTHON=$(find_python) sh tools/vendure/setup.sh ;;
    *)
        echo "setup: unknown part '$part'; there are run, dev, nlu, browser and vendure" >&2
        exit 2
        ;;
    esac
done
