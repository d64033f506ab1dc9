# Lingda 令达. `make help` lists what there is.

SHELL := /bin/sh
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
PREPARE := $(PYTHON) -m scripts.prepare
PYTEST := $(BIN)/python -m pytest

.DEFAULT_GOAL := help
.PHONY: help setup setup-test run test test-python test-pwa test-browser check bench soak screenshots lock clean

help: ## Show this list
	@echo "Lingda 令达"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what is missing to run, and build the pages
	@$(PREPARE) run

setup-test: ## Install what is missing to run and to test
	@$(PREPARE) test

run: setup ## Serve on http://127.0.0.1:8000 with the demo courts (LAN=1: to phones, with TLS)
	@umask 077; $(BIN)/lingda migrate && $(BIN)/lingda demo && exec $(BIN)/lingda serve $(if $(LAN),--lan)

# What waits for browsers and processes, beside what waits for databases: side by side they take two thirds of the time.
BROWSER_TESTS := tests/journeys tests/screens
SIDE_TESTS := $(BROWSER_TESTS) tests/kills tests/demo
SIDE_LOG := test-results/side-tests.log

test: setup-test ## Install what tests need and run everything (CI runs this)
	@mkdir -p test-results; code=0; \
	$(PYTEST) $(SIDE_TESTS) > $(SIDE_LOG) 2>&1 & side_tests=$$!; \
	$(MAKE) -s --no-print-directory pwa-unit-tests || code=1; \
	$(PYTEST) tests $(addprefix --ignore=,$(SIDE_TESTS)) || code=1; \
	wait $$side_tests || code=1; cat $(SIDE_LOG); exit $$code

test-python: setup-test ## Python tests only: rules, rooms, both databases
	@$(PYTEST) tests $(addprefix --ignore=,$(BROWSER_TESTS)) $(ARGS)

test-pwa: setup-test pwa-unit-tests ## Unit tests of the pages only

.PHONY: pwa-unit-tests
pwa-unit-tests:
	@cd pwa && npm run --silent test

test-browser: setup-test ## Browser journeys and screens only
	@$(PYTEST) $(BROWSER_TESTS) $(ARGS)

check: setup-test ## Linters, types, architecture, page sizes
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@cd pwa && npm run --silent check

bench: setup-test ## Benchmarks, the short form
	@$(BIN)/python -m benchmarks $(ARGS)

soak: setup-test ## The long forms of kill, load and replay tests (SOAK_MINUTES=10)
	@LINGDA_SOAK_MINUTES=$(or $(SOAK_MINUTES),10) $(PYTEST) tests -m soak $(ARGS)

screenshots: setup-test ## Pictures of every page into test-results/screenshots
	@$(BIN)/python -m scripts.screenshots $(ARGS)

lock: ## Lock the Python packages anew from requirements/*.in
	@sh scripts/lock.sh

clean: ## Remove what was built; keeps the database and the secrets in var/
	@rm -rf .venv .stamps pwa/node_modules pwa/dist test-results
