# Two commands on a fresh machine with Python 3.11, make, pip and apt:
#   make demo    the ten days of October 1917, played through the system, and the whole record verified
#   make test    everything that must hold, as CI runs it
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
NATIVE := $(wildcard native/*.toml native/*.lock native/*.sh native/src/*.rs)
DEMO ?= build/demo

.PHONY: demo test pure check crate bench bench-ballots bench-floor conformance reference lock clean

demo: .venv/.main .venv/.native
	@rm -rf $(DEMO)
	@$(BIN)/quorate demo --dir $(DEMO)

test: check crate booth/node_modules/.done
	@$(BIN)/python -m pytest -n 2 --dist worksteal

pure: .venv/.dev .venv/.native  ## the tests of the record and the rules alone: under a minute
	@$(BIN)/python -m pytest -n 2 tests/canon tests/record tests/counting tests/assembly tests/audit

check: .venv/.dev .venv/.native
	@tools/apt.sh
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

crate: .venv/.native  ## the arithmetic of native/ beside num-bigint and dalek; CASES=1000000 make crate tries a million
	@native/test.sh

bench: .venv/.dev .venv/.native
	@tools/apt.sh
	@$(BIN)/python tools/bench.py

bench-ballots: .venv/.dev .venv/.native  ## secret ballots, made and verified, beside belenios-tool
	@tools/apt.sh
	@tools/witness.sh sid >/dev/null || true
	@$(BIN)/python tools/bench_ballots.py table

bench-floor: .venv/.dev .venv/.native  ## a hall of people with browsers beside the server; PEOPLE="2000 10000" make bench-floor
	@$(BIN)/python tools/bench_floor.py $(PEOPLE)

conformance: .venv/.dev .venv/.native  ## elections that we made, verified by belenios-tool 2.0 and 3.x, and the other way round
	@tools/apt.sh
	@for suite in trixie sid; do tools/witness.sh $$suite || echo "SKIPPED: belenios-tool of $$suite"; done
	@$(BIN)/python -m pytest -n 2 --dist worksteal tests/conformance

reference: .venv/.dev .venv/.native  ## docs/reference: acts, events, refusals, standing orders, from the source
	@$(BIN)/python tools/reference.py

lock:
	@requirements/lock.sh

clean:
	rm -rf .venv build booth/node_modules

# --require-hashes: nothing is installed that the lock file does not name by its hash.
.venv/.main: requirements/main.txt pyproject.toml | .venv/bin/python
	@echo "installing Quorate into .venv ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/main.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements/dev.txt pyproject.toml | .venv/bin/python
	@echo "installing Quorate and what tests it into .venv ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ .venv/.main

# Without cargo, or when it fails, this says so in a line and succeeds: libsodium does the same, only slower.
.venv/.native: $(NATIVE) | .venv/.main
	@native/build.sh $(BIN)/python
	@touch $@

# Without "resolved" in the lock file, npm asks whichever registry it is set to, and checks each package by its hash.
booth/node_modules/.done: booth/package.json booth/package-lock.json
	@tools/apt.sh
	@echo "installing what bundles the booth into booth/node_modules ..."
	@cd booth && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

.venv/bin/python:
	@tools/venv.sh $(PYTHON)
