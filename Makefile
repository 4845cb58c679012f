# make demo    set up and read the example reports      make demo REPORT=path    read a report of yours
# make test    set up and run the tests
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
OUT ?= demo-out
REPORT ?=
PUBLISHED ?=

.PHONY: demo test lint types architecture reference docs licences changes build try-wheel evaluate benchmark clean

# A stamp for each kind of installation: nothing is done again until pyproject.toml changes.
.venv/.ready: pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

.venv/.dev: pyproject.toml Makefile .venv/.ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,docs,formats,export,notebook,web,postgres,cluster,evaluate]'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[ftm,readers]' \
		|| echo "followthemoney (it needs ICU: libicu-dev pkg-config g++) or label-studio-sdk could not be installed; their tests are skipped"
	@touch $@

.venv/.benchmark: pyproject.toml .venv/.ready
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[benchmark,web]' \
		|| echo "the tools to compare with could not be installed; going on without them"
	@touch $@

demo: .venv/.ready
	@$(BIN)/python examples/demo.py --out '$(OUT)' --published '$(PUBLISHED)' $(if $(REPORT),'$(REPORT)')

test: .venv/.dev
	@$(BIN)/python -m pytest -n 2 --dist worksteal

lint: .venv/.dev
	@$(BIN)/ruff check --output-format concise .
	@$(BIN)/ruff format --check .

types: .venv/.dev
	@$(BIN)/mypy

architecture: .venv/.dev
	@$(BIN)/lint-imports

reference: .venv/.dev
	@$(BIN)/python tools/reference_pages.py

docs: .venv/.dev
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet && echo "open build/site/index.html"

licences: .venv/.dev
	@$(BIN)/reuse lint --quiet || $(BIN)/reuse lint

changes: .venv/.dev
	@$(BIN)/towncrier build --draft --version next

build: .venv/.dev
	@rm -rf dist && $(BIN)/python -m build --no-isolation --outdir dist . >/dev/null && ls -lh dist | tail -n +2

# The wheel as somebody gets it who has no network afterwards: a fresh environment, installed from files alone.
try-wheel: build
	@$(BIN)/python tools/try_wheel.py dist

evaluate: .venv/.dev
	@$(BIN)/python -m evaluation evaluate

benchmark: .venv/.benchmark
	@$(BIN)/python -m evaluation benchmark

clean:
	rm -rf .venv build dist demo-out .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
