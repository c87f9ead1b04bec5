#!/bin/sh
# Makes .venv-nlu, the environment of the language-understanding process, from its lock file.
# A second call with an unchanged lock costs nothing.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
uv=${UV:-uv}
venv="$root/.venv-nlu"
lock="$here/requirements.lock"
stamp="$venv/.synced"

want=$(cksum "$lock" "$here/setup.sh" | cut -d ' ' -f 1,2 | tr '\n' ' ')
if [ -x "$venv/bin/python" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$want" ]; then
    exit 0
fi

echo "nlu: making .venv-nlu (Python 3.11, Rasa 3.6.21)"
if [ ! -x "$venv/bin/python" ]; then
    "$uv" venv --quiet --python 3.11 "$venv"
fi
echo "nlu: installing $(grep -c '==' "$lock") pinned packages and compiling them, about a minute"
VIRTUAL_ENV="$venv" UV_COMPILE_BYTECODE=1 "$uv" pip sync --quiet --require-hashes "$lock"
printf '%s' "$want" > "$stamp"
echo "nlu: environment ready"
