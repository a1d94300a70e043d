# Every target makes what it needs first. `make` alone prints this help.
PYTHON := .venv/bin/python
STEP ?= hw01
FROM ?= tests/classes/$(STEP)_sample
OUT ?= results/$(notdir $(FROM))

.DEFAULT_GOAL := help
.PHONY: help grade test check-all browser bench diffs doctor golden lint venv sandbox extras

help: ## print this help
	@awk -F ':.*## ' '/^[a-z%0-9-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

grade: venv sandbox ## grade a class: make grade [STEP=hw01] [FROM=folder] [OUT=folder]
	@$(PYTHON) -m grader grade $(STEP) $(FROM) --out $(OUT) || [ $$? -eq 1 ]

test: venv sandbox extras lint ## everything that CI runs: format, lint, types, tests
	$(PYTHON) -m pytest

check-%: venv ## check your homework: make check-hw01 [K=one_byte] [SEED=7]
	@$(PYTHON) -m grader check $* $(if $(K),-k '$(K)') $(if $(SEED),--seed $(SEED))

hint-%: venv ## a hint for one check: make hint-hw01 K=one_byte [N=2]
	@$(PYTHON) -m grader hint $* $(if $(K),'$(K)' $(N))

lecture-%: venv ## run a lecture's demos: make lecture-01
	@$(PYTHON) scripts/lecture $*

doctor: venv ## what this machine can do, and what is missing
	@$(PYTHON) -m grader doctor

bench: venv sandbox ## measure the grader against pytest and against the floor
	$(PYTHON) -m tests.benchmarks.bench

diffs: ## how each solution differs from the one before
	@scripts/diffs

golden: venv sandbox ## rewrite the golden files; then look at the diff
	$(PYTHON) -m pytest -q tests/report tests/test_cards.py --update-golden

check-all: venv sandbox ## is every step whole: starter, solution, and the solution before it
	@$(PYTHON) -m tests.check_all

extras: ## add what large classes need: Dask for many machines, compare50 for similarity
	@scripts/setup extras

browser: venv sandbox ## the tests in a real browser: installs Chromium and Playwright first
	@scripts/setup browser
	$(PYTHON) -m pytest tests/browser

lint: extras
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m ruff check
	$(PYTHON) -m mypy

venv:
	@scripts/setup venv

sandbox:
	@scripts/setup sandbox
