#!/usr/bin/env bash
# Makes .venv from uv.lock; brings uv into .tools when the machine has none.
set -euo pipefail
cd "$(dirname "$0")/.."
uv_version=0.13.9

uv=$(command -v uv || true)
if [ -z "$uv" ]; then
  uv=.tools/bin/uv
  if [ ! -x "$uv" ]; then
    echo "Đang chuẩn bị môi trường (lần đầu mất vài phút)…"
    if ! python3 -m venv .tools >/dev/null 2>&1; then
      rm -rf .tools
      if [ "$(id -u)" = 0 ]; then
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
        python3 -m venv .tools
      else
        echo "Thiếu gói python3-venv. Hãy nhờ quản trị viên chạy: apt-get install python3-venv" >&2
        exit 1
      fi
    fi
    .tools/bin/python -m pip install -q --disable-pip-version-check "uv==$uv_version"
  fi
fi
exec "$uv" sync --locked --quiet
