SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
DEMO ?= 1
KLANTSAFARI_DATA ?= $(CURDIR)/data
export KLANTSAFARI_DATA

BIN := .venv/bin
PY := $(BIN)/python
NPM = PATH="$$(.ci/machine node):$$PATH" npm
PO := $(wildcard app/locales/*/LC_MESSAGES/klantsafari.po)
PAGES := $(wildcard app/static/build.mjs)
PAGE_SOURCES := $(PAGES) $(shell find app/static/src app/static/public 2>/dev/null)

.PHONY: help
help: ## List what you can ask for
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | \
	  while IFS=$$'\t' read -r name text; do printf '  make %-14s %s\n' "$$name" "$$text"; done

.PHONY: install
install: .venv/installed $(if $(PAGES),node_modules/installed app/static/dist/manifest.json) $(PO:.po=.mo) ## Install and build what is missing or out of date

.venv/installed: requirements-dev.txt pyproject.toml
	test -x $(PY) || "$$(.ci/machine python)" -m venv .venv
	$(PY) -m pip install -qq --require-hashes -r requirements-dev.txt
	$(PY) -m pip install -qq --no-deps --no-build-isolation -e .
	touch $@

node_modules/installed: package-lock.json | .venv/installed
	$(NPM) ci --no-audit --no-fund --loglevel=error
	touch $@

app/static/dist/manifest.json: node_modules/installed $(PAGE_SOURCES)
	$(NPM) run --silent build
	touch $@

%.mo: %.po | .venv/installed
	$(BIN)/pybabel -q compile --input-file=$< --output-file=$@
