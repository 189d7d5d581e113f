# Trợ lý 1022. Every target sets up what it needs; `make help` tells them apart.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
PORT ?=
.DEFAULT_GOAL := help
.PHONY: help setup run test check format lint types imports bench eval lock

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: $(READY) ## Make .venv with everything, pinned by requirements.lock

# The mark is written last, so an interrupted set-up starts again and finds what it already fetched in the caches.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=..."; exit 1; }
	@echo "[1/4] Making the virtual environment in .venv"
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@echo "[2/4] Installing uv, the installer"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@echo "[3/4] Installing PyTorch (for training only; the largest download, a few minutes on a slow line)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	@echo "[4/4] Installing the locked packages"
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation-package tro-ly-1022 -e .
	@touch $(READY)
	@echo "Ready."

run: $(READY) ## Serve the assistant on http://localhost:8000 (PORT=... to change)
	@$(BIN)/tro-ly serve $(if $(PORT),--port $(PORT))

test: $(READY) ## Run all tests
	@$(BIN)/python -m pytest

check: $(READY) ## Everything that must be green before a commit: format, lint, types, imports, tests
	@$(MAKE) --no-print-directory lint types imports test

format: $(READY) ## Format the code and sort the imports
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format .

lint: $(READY) ## Check style, the shipped catalogue and the sayings
	@$(BIN)/ruff format --check . && $(BIN)/ruff check . && $(BIN)/tro-ly catalogue check && $(BIN)/tro-ly phrasings check

types: $(READY) ## Check the types (mypy, strict)
	@$(BIN)/mypy

imports: $(READY) ## Check that imports point right and down only
	@$(BIN)/lint-imports

bench: $(READY) ## Measure speed and size beside plain pipelines (needs ../shared/data for the 5,665 records)
	@$(BIN)/python -m evals.bench

eval: $(READY) ## Print how often the right procedure is found
	@$(BIN)/tro-ly eval retrieval

lock: ## Resolve the dependencies anew into requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --no-emit-index-url \
	  --no-annotate --no-header --quiet | grep -vE '^(torch|triton|nvidia-|cuda-)' > requirements.lock.new
	@mv requirements.lock.new requirements.lock
