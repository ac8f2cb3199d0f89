#!/usr/bin/env bash
# Runs generated clients against live servers of web frameworks, which are independent of this project.
#
# usage: tests/frameworks/run.sh [fastapi|django|litestar|nestjs|axum|dropshot]…
#
# For each server: starts it on 127.0.0.1, reads the OpenAPI document that it publishes, generates the SDK, calls every operation
# once with the smoke example, and runs `check.rs`, which compares what the server received and returned.
#
# PORT     the port of the servers (default: 8810)
# SCRATCH  the folder of crates and logs (default: a new folder)
# TARGET   the target folder of the clients (default: a folder in SCRATCH)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
port=${PORT:-8810}
scratch=${SCRATCH:-$(mktemp -d)}
export CARGO_TARGET_DIR=${TARGET:-$scratch/target}
[ $# -gt 0 ] || set -- fastapi django litestar nestjs axum dropshot
url=http://127.0.0.1:$port
server=
stop() { [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true; server=; }
trap stop EXIT

export PYTHONDONTWRITEBYTECODE=1
python=$scratch/venv/bin

# Installs Python packages.
install() {
  [ -d "$scratch/venv" ] || python3 -m venv "$scratch/venv"
  "$python/pip" install --quiet "$@"
}

# Starts a server in the background.
start() {
  case $1 in
    fastapi)
      install fastapi uvicorn python-multipart
      (cd "$here/fastapi" && exec "$python/uvicorn" app:app --port "$port") >"$scratch/$1.log" 2>&1 & ;;
    django)
      install django djangorestframework django-filter drf-spectacular
      (cd "$here/django" && exec "$python/python" app.py "$port") >"$scratch/$1.log" 2>&1 & ;;
    litestar)
      install litestar uvicorn python-multipart
      (cd "$here/litestar" && exec "$python/uvicorn" app:app --port "$port") >"$scratch/$1.log" 2>&1 & ;;
    nestjs)
      mkdir -p "$scratch/nest"
      cp "$here/nestjs/app.ts" "$scratch/nest/"
      (cd "$scratch/nest" && npm install --silent --no-audit --no-fund typescript@5 @types/node reflect-metadata rxjs multer \
        class-validator class-transformer @nestjs/{common,core,platform-express,swagger})
      (cd "$scratch/nest" && npx tsc --module commonjs --target es2022 --experimentalDecorators --emitDecoratorMetadata \
        --skipLibCheck app.ts)
      (cd "$scratch/nest" && exec node app.js "$port") >"$scratch/$1.log" 2>&1 & ;;
    *)
      cargo build --quiet --manifest-path "$here/$1/Cargo.toml"
      "$CARGO_TARGET_DIR/debug/$1-server" "$port" >"$scratch/$1.log" 2>&1 & ;;
  esac
  server=$!
}

generator=$scratch/generator
CARGO_TARGET_DIR=$generator cargo build --quiet --manifest-path "$root/Cargo.toml"
for name in "$@"; do
  start "$name"
  curl --silent --fail --retry 60 --retry-delay 1 --retry-connrefused "$url/openapi.json" -o "$scratch/$name.json"
  crate=$scratch/$name
  "$generator/debug/sdkwright" generate "$scratch/$name.json" --out "$crate" --name framework-check --smoke --quiet
  cp -r "$here/common" "$here/$name/check.rs" "$crate/examples"
  grep -q '^\[workspace\]' "$crate/Cargo.toml" || printf '\n[workspace]\n' >>"$crate/Cargo.toml"
  sed -i '/^\[dev-dependencies\]/a jiff = "0.2"\nserde_json = "1"' "$crate/Cargo.toml"
  echo "== $name"
  cargo build --quiet --manifest-path "$crate/Cargo.toml" --examples
  "$CARGO_TARGET_DIR/debug/examples/smoke" --base-url "$url" || true
  "$CARGO_TARGET_DIR/debug/examples/check" "$url"
  stop
done
