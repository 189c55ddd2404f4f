# Every recipe is one command of tools/ or of the virtual environment: `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help environment lock

help: ## Lists the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

environment: ## Makes or renews .venv from requirements.lock
	@$(PYTHON) -m tools.environment

lock: environment ## Resolves pyproject.toml into requirements.lock again (UPGRADE=1: everything newer)
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --all-extras --group dev \
		--generate-hashes --no-emit-index-url --no-annotate --no-header \
		$(if $(UPGRADE),--upgrade) pyproject.toml --output-file requirements.lock
	@! grep -n "://" requirements.lock
	@$(PYTHON) -m tools.environment
