#!/usr/bin/env bash
# Every check that needs no test run, beside the types, which take the longest; each line says what failed.
set -uo pipefail
cd "$(dirname "$0")/.."
status=0
step() {
  local name=$1 out
  shift
  if out=$("$@" 2>&1); then
    echo "ok    $name"
  else
    status=1
    printf 'FAIL  %s\n%s\n' "$name" "$(tail -n 40 <<<"$out" | sed 's/^/      /')"
  fi
  return $status
}
export DJANGO_SETTINGS_MODULE=raquan.config.settings_test
step "types" .venv/bin/mypy src/raquan conftest.py tests scripts bench &
step "format" .venv/bin/ruff format --check -q .
step "lint" .venv/bin/ruff check -q .
step "contracts" .venv/bin/lint-imports --no-logo
step "templates" .venv/bin/djlint --lint --quiet src/raquan
step "migrations" .venv/bin/python -m django makemigrations --check --dry-run
step "translations" .venv/bin/python scripts/translations.py check
step "field app" npm run --silent --prefix field check
step "house and docs" .venv/bin/pytest -q -p no:randomly tests/architecture
wait $! || status=1
exit $status
