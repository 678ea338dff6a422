# raquan: `make run` to see it, `make test` to trust it. `make help` lists the rest.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

export RAQUAN_HOME ?= ./var
export PORT ?= 8000
export UV_PYTHON_DOWNLOADS := never

FRONT := src/raquan/ui/front
BUILT := src/raquan/ui/static/ui/.built
FRONT_SOURCES := $(shell find $(FRONT) -type f -not -path '*/node_modules/*' 2>/dev/null)
FIELD := field
FIELD_READY := $(FIELD)/node_modules/.ready
FIELD_BUILT := src/raquan/field/static/field/.built
FIELD_SOURCES := $(shell find $(FIELD) -type f -not -path '*/node_modules/*' 2>/dev/null)
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard src/raquan/ui/locale/*/LC_MESSAGES/django.po))
BOTH_DATABASES := $(wildcard src/raquan/*/tests/test_commands*.py src/raquan/*/tests/test_queries*.py src/raquan/*/tests/test_concurrency*.py)
JOBS ?= 2
UV := $(or $(shell command -v uv),.tools/bin/uv)

.PHONY: help run test test-spark check format bench figures look

help: ## List these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: .venv/.ready $(BUILT) $(FIELD_BUILT) $(CATALOGUES) ## Run raquan with the campaign of Đắk Lắk 2023 on http://127.0.0.1:$(PORT)
	@.venv/bin/raquan migrate
	@.venv/bin/raquan demo load
	@exec .venv/bin/raquan serve

test: .venv/.ready $(BUILT) $(FIELD_BUILT) $(CATALOGUES) ## Run every test, on SQLite, on PostgreSQL and in Chromium
	@scripts/need_chromium.sh
	@cd $(FIELD) && npm run --silent test
	.venv/bin/pytest -n $(JOBS) -m "not journey"
	.venv/bin/python tests/with_postgres.py .venv/bin/pytest -n $(JOBS) -m "not journey" $(BOTH_DATABASES)
	.venv/bin/pytest -n $(JOBS) --dist loadgroup -m journey

test-spark: .venv/.ready ## Hold Spark and DuckDB against plain Python on every measure and dimension (Java 17; fetches pyspark, 450 MB)
	UV_PROJECT_ENVIRONMENT=.venv-spark $(UV) sync --locked --quiet --extra spark
	JAVA_TOOL_OPTIONS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC" .venv-spark/bin/pytest -q tests/spark/agreement.py

check: .venv/.ready $(BUILT) $(FIELD_BUILT) $(CATALOGUES) ## Check format, lint, types, contracts, templates, translations, migrations and docs
	@scripts/check.sh

format: .venv/.ready ## Format the code
	.venv/bin/ruff check --fix-only -q .
	.venv/bin/ruff format -q .

bench: .venv/.ready ## Run the benchmarks; they print ratios
	@for file in bench/*.py; do echo "== $$file"; .venv/bin/python -m bench.$$(basename $$file .py) || exit 1; done

figures: .venv/.ready $(BUILT) $(FIELD_BUILT) $(CATALOGUES) ## Take the screenshots under docs/figures
	@scripts/need_chromium.sh
	.venv/bin/python scripts/make_figures.py

look: .venv/.ready $(BUILT) $(CATALOGUES) ## Take pictures of every public page, empty to full, into var/look
	@scripts/need_chromium.sh
	.venv/bin/python scripts/look.py var/look

.venv/.ready: pyproject.toml uv.lock scripts/make_environment.sh
	@scripts/make_environment.sh
	@touch $@

$(BUILT): $(FRONT_SOURCES)
	@cd $(FRONT) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && npm run --silent build
	@touch $@

$(FIELD_READY): $(FIELD)/package.json $(FIELD)/package-lock.json
	@cd $(FIELD) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# The app takes its fonts, icons and colors from the front.
$(FIELD_BUILT): $(FIELD_READY) $(FIELD_SOURCES) $(FRONT_SOURCES)
	@cd $(FIELD) && npm run --silent build
	@touch $@

%.mo: %.po .venv/.ready
	@.venv/bin/pybabel -q compile -i $< -o $@
