# make run   everything it takes to ask the documents in a browser
# make test  everything it takes to run all tests, with coverage
# make unit  the quick tests alone
# make check lint, types, import direction
# make words gather the texts of the interface into its catalogues, for whoever translates
# make bench whole-process figures of this machine, written to benchmarks/ (BENCH=--fresh: with a fresh clone)

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# on every core, the tests of one file in one process, for they share what they build
PARALLEL := -n auto --dist loadfile
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

LOCALE := web/locale

.DEFAULT_GOAL := help
.PHONY: help run test unit check words bench setup setup-dev slack-tools clean

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

run: setup
	@$(BIN)/charter serve

test: setup-dev slack-tools
	@$(BIN)/python -m pytest $(PARALLEL) --cov --cov-report=term

unit: setup-dev slack-tools
	@$(BIN)/python -m pytest $(PARALLEL) -m "not browser and not slow"

check: setup-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# the title of a kind of problem is its third argument; without dates, what has not changed stays
words: setup-dev
	@cd bots && ../$(BIN)/pybabel -q extract -F web/babel.cfg -k Kind:3 --project=Charter --version= \
		--copyright-holder=Charter --add-location=file --sort-output -o $(LOCALE)/charter.pot .
	@cd bots && ../$(BIN)/pybabel -q update -N --ignore-obsolete --ignore-pot-creation-date --width=100 -D charter \
		-i $(LOCALE)/charter.pot -d $(LOCALE)
	@sed -i '/^"PO\S*-Date:\|EMAIL@ADDRESS\|LL@li.org\|^# FIRST/d' bots/$(LOCALE)/charter.pot bots/$(LOCALE)/*/*/*.po

bench: setup-dev slack-tools
	@$(BIN)/python -m evals.speed $(BENCH)
	@PYTHONPATH=. $(BIN)/python tests/web_bench.py
	@PYTHONPATH=. $(BIN)/python tests/suite_bench.py
	@$(if $(shell command -v npm),PYTHONPATH=. $(BIN)/python tests/slack_bench.py,echo "Slack is left out: no npm here.")

setup: $(VENV)/.installed
setup-dev: $(VENV)/.installed-dev
slack-tools: $(if $(shell command -v npm 2>/dev/null),tests/node_modules/.installed)

# what the tests of Slack need from npm; they are left out, with the reason, where there is no npm
tests/node_modules/.installed: tests/package.json tests/package-lock.json
	@echo "Installing what the tests of Slack need from npm …"
	@cd tests && npm ci --no-fund --no-audit --loglevel=error
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; (3, 11) <= v <= (3, 13) or sys.exit(f"Charter needs Python 3.11 to 3.13; $(PYTHON) is {v[0]}.{v[1]}. Name another: make PYTHON=python3.12 …")'
	@$(PYTHON) -m venv $(VENV) || (echo "The virtual environment could not be made. On Debian and Ubuntu: apt-get install python3-venv"; rm -rf $(VENV); exit 1)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	@echo "Installing Charter and what it needs into $(VENV) (the first time takes some minutes) …"
	@$(PIP) install -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/.installed
	@echo "Installing what the tests need …"
	@$(PIP) install -e ".[dev]"
	@touch $@

clean:
	rm -rf $(VENV) .charter
