#!/usr/bin/env bash
# Sees to it that the journeys have a browser: installs Debian's chromium as root, else names the package.
set -euo pipefail
command -v chromium >/dev/null && exit 0
if [ "$(id -u)" = 0 ]; then
  echo "Đang cài đặt chromium của Debian…"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
else
  echo "Thiếu trình duyệt cho các bài thử. Hãy nhờ quản trị viên chạy: apt-get install chromium" >&2
  exit 1
fi
