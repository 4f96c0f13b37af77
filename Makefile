# Two commands: `make run` opens the dashboard, `make test` runs every test. Each sets up all that it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint bench load faults look sample pins audit clean

run: $(VENV)/run.stamp
	$(BIN)/streamlit run app.py

test: $(VENV)/test.stamp
	$(BIN)/python -m pytest

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Ours beside a plain dashboard, in one run; `make bench QUICK=1` for fewer rounds.
bench: $(VENV)/test.stamp
	$(BIN)/python -m tests.benchmarks $(if $(QUICK),--quick)

# Fifty people at once, on SQLite and on PostgreSQL behind nginx (Debian's, see .ci/run); `make load QUICK=1` for a first look.
load: $(VENV)/test.stamp
	.ci/postgres $(BIN)/python -m tests.load $(if $(QUICK),--quick)

# Kills a writing process 1,000 times, fills the disk, locks, breaks and removes the database: nothing confirmed may be lost.
faults: $(VENV)/test.stamp
	KILLS=$(or $(KILLS),1000) $(BIN)/python -m pytest -s tests/faults tests/store/test_many_writers.py tests/store/test_trouble.py tests/store/test_backups.py

# Every document and every screen as pictures in look/, to be judged by eye; `make look ONLY=documents` or `ONLY=screens`.
look: $(VENV)/test.stamp
	$(BIN)/python -m tests.look $(if $(ONLY),--only $(ONLY))

# The example workbooks, written anew.
sample: $(VENV)/run.stamp
	$(BIN)/python -m sample_data.build

# Exact versions of everything that pyproject.toml asks for and what that brings along.
pins: $(VENV)/test.stamp
	$(BIN)/uv pip compile -q --universal --no-header --no-annotate pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --no-header --no-annotate pyproject.toml --group test -c requirements.txt -o tests/requirements.txt

	$(BIN)/uv pip compile -q --universal --no-header --no-annotate --group pyproject.toml:audit -o tests/audit-requirements.txt

# Known faults of the libraries that the program runs with: 0 none, 1 some, 2 where not every one could be asked about.
audit: $(VENV)/audit.stamp
	$(BIN)/python -m tests.audit $(VENV)/audit

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/run.stamp: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp tests/requirements.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check -r tests/requirements.txt
	touch $@

$(VENV)/audit.stamp: $(VENV)/run.stamp tests/audit-requirements.txt
	test -x $(VENV)/audit/bin/python || $(PYTHON) -m venv $(VENV)/audit
	$(VENV)/audit/bin/python -m pip install -q --disable-pip-version-check -r tests/audit-requirements.txt
	touch $@
