#!/bin/sh
# Makes .cache/vendure: the shop server's packages and its stocked database, from what stands here.
# A second call with everything unchanged costs nothing. Node comes from the system, or else from .cache/node.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
home="$root/.cache/vendure"
uv=${UV:-uv}

packages=$(cat "$here/package.json" "$here/package-lock.json" "$here/.npmrc" | cksum)
want="$packages $(cat "$here"/*.js "$here/merchant.json" "$0" | cksum)"
if [ -f "$home/.ready" ] && [ "$(cat "$home/.ready")" = "$want" ] && [ -x "$(cat "$home/node")" ]; then
    exit 0
fi
mkdir -p "$home"
rm -f "$home/.ready"

is_enough() { "$1" -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null; }

if command -v npm >/dev/null 2>&1 && is_enough node; then
    node=$(command -v node)
else
    node="$root/.cache/node/bin/node"
    if ! [ -x "$node" ]; then
        echo "vendure: no Node 20 or newer here, fetching one into .cache/node"
        "$uv" venv --quiet --python "${PYTHON:-3.11}" "$root/.cache/node"
        VIRTUAL_ENV="$root/.cache/node" "$uv" pip sync --quiet --require-hashes "$here/node.lock"
    fi
    PATH="$root/.cache/node/bin:$PATH"
fi

if ! [ -f "$home/.packages" ] || [ "$(cat "$home/.packages")" != "$packages" ]; then
    echo "vendure: installing the shop server's packages, about half a minute"
    cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$home/"
    (cd "$home" && npm ci --loglevel=error)
    printf '%s' "$packages" >"$home/.packages"
fi

echo "vendure: stocking the shop"
rm -f "$home/seed.sqlite"
if ! NODE_PATH="$home/node_modules" VENDURE_DISABLE_TELEMETRY=true \
    "$node" "$here/seed.js" "$home/seed.sqlite" >"$home/seed.log" 2>&1; then
    tail -n 20 "$home/seed.log" >&2
    exit 1
fi
tail -n 1 "$home/seed.log" >"$home/api-key"
printf '%s' "$node" >"$home/node"
printf '%s' "$want" >"$home/.ready"
