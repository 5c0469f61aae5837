# Two commands do everything: `make run` and `make test`. Both install what is missing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: help run test lint gallery lock
help:
	@echo "make run   serve Telegram (with a token), or play the rehearsal (without)"
	@echo "make test  run the tests"
	@echo "make lint  style, types, layers"
	@echo "make gallery  pictures of every paper, into docs/gallery"
	@echo "make lock  renew requirements.lock from pyproject.toml"

run: $(VENV)/ready
	$(BIN)/python -m bot run-or-rehearse

test: $(VENV)/ready
	$(BIN)/python -m pytest -n auto --dist worksteal

gallery: $(VENV)/ready
	$(BIN)/python -m docs.galeri

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lock: $(VENV)/ready
	$(BIN)/pip-compile --quiet --extra dev --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --output-file requirements.lock pyproject.toml

$(VENV)/ready: requirements.lock install-system.sh
	sh install-system.sh
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	touch $@
