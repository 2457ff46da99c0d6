# Conflict Atlas. Two commands do all the set-up: `make run` and `make test`.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes
JOBS ?= $(shell nproc 2>/dev/null || echo 2)

.PHONY: run test lint types unit soak lock image-steps screenshots clean help

help:  ## show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 14

run: .venv/runtime  ## build the sample store where it is missing and serve the dashboard on http://localhost:8501
	$(BIN)/python -m geo demo
	$(BIN)/python -m geo serve --port $(PORT)

test: .venv/development lint types unit  ## install what tests need, then ruff, mypy --strict and every test

lint: .venv/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/development
	$(BIN)/mypy geo dashboard

unit: .venv/development
	bash tests/set_up.sh
	$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup

soak: .venv/development  ## the long fault tests
	bash tests/set_up.sh
	$(BIN)/python -m pytest -m soak --override-ini "addopts=-q --strict-markers"

screenshots: .venv/development  ## draw the picture of the README, and every dashboard page into build/pictures
	bash tests/set_up.sh
	$(BIN)/python -m tests.browser.screenshots docs
	$(BIN)/python -m tests.browser.dashboard_pictures build/pictures

image-steps: ## run the Dockerfile's steps in a clean Debian tree (needs root and debootstrap)
	python3 tests/architecture/image_steps.py

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Conflict Atlas needs Python 3.11 or newer; $(PYTHON) is older. Call: make PYTHON=/path/to/python3.11" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' || \
	  { echo "Python's venv module is missing. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	$(PYTHON) -m venv .venv

.venv/runtime: requirements.txt | .venv/bin/python
	$(PIP) -r requirements.txt
	@# The environment finds the project from any folder, so that `-m geo` can be called beside the reports.
	@$(BIN)/python -c 'import os, site; open(site.getsitepackages()[0] + "/conflict-atlas.pth", "w").write(os.getcwd())'
	@touch $@

.venv/development: requirements-dev.txt .venv/runtime
	$(PIP) -r requirements-dev.txt
	@touch $@

# uv resolves for every platform at once; it is needed here alone.
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet
lock:  ## pin the requirements anew (needs uv)
	$(LOCK) requirements/runtime.in -o requirements.txt
	$(LOCK) requirements/development.in -o requirements-dev.txt
	$(LOCK) requirements/training.in -o requirements-train.txt

clean:  ## remove the environment and caches (the store in the state folder stays)
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
