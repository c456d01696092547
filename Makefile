# Weft. Each command is complete on a machine with Python 3.11 or later and `make`.
NEW_ENOUGH := -c 'import sys; sys.exit(sys.version_info < (3, 11))'
PY ?= $(shell for one in python3 python3.13 python3.12 python3.11; do $$one $(NEW_ENOUGH) 2>/dev/null && echo $$one && break; done)
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
HOST ?= 127.0.0.1
export PYTHONDONTWRITEBYTECODE ?= 1

.PHONY: help demo test check bench audit static messages clean

help:
	@echo "make demo    a running site with a demo community on http://$(HOST):$(PORT)"
	@echo "make test    the whole test suite"
	@echo "make bench   what the site costs; FLOORS= a folder of floors, ENGINES=, LEARNERS=, RUNS="
	@echo "make audit   known weaknesses of the locked packages; fails on one that cannot be audited"
	@echo "make check   lint, format, floors, types, migrations, deploy checks"

$(VENV)/.made:
	@test -n "$(PY)" && $(PY) $(NEW_ENOUGH) || { echo "Weft needs Python 3.11 or later. Set PY=/path/to/python."; exit 1; }
	@$(PY) -m venv $(VENV) || { echo "On Debian: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.9,<1"
	@touch $@

$(VENV)/.ok: requirements.lock $(VENV)/.made
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.ok
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.bench: requirements-bench.lock $(VENV)/.dev
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-bench.lock
	@touch $@

demo: $(VENV)/.ok
	@DJANGO_SETTINGS_MODULE=hub.settings.demo HOST=$(HOST) PORT=$(PORT) SITE_URL=http://$(HOST):$(PORT) $(BIN)/python manage.py serve_demo

static: $(VENV)/.ok
	@$(BIN)/python manage.py pack_static

test: $(VENV)/.dev
	@$(BIN)/python -m tests.run

bench: $(VENV)/.bench
	@$(BIN)/python -m tests.bench

$(VENV)/.audit: requirements-audit.lock $(VENV)/.ok
	@$(PY) -m venv $(VENV)/audit
	@$(BIN)/uv pip install --quiet --python $(VENV)/audit/bin/python --require-hashes -r requirements-audit.lock
	@touch $@

audit: $(VENV)/.audit
	@$(VENV)/audit/bin/pip-audit --strict --disable-pip --require-hashes -r requirements.lock

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/mypy
	DJANGO_SETTINGS_MODULE=hub.settings.demo $(BIN)/python manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=hub.settings.production SECRET_KEY=check-$$($(BIN)/python -c 'import secrets; print(secrets.token_hex(40))') \
	  ALLOWED_HOSTS=hub.example SITE_URL=https://hub.example $(BIN)/python manage.py check --deploy --fail-level WARNING

messages: $(VENV)/.ok
	@$(BIN)/python manage.py makemessages --all --no-wrap --no-location --ignore .venv --ignore var --ignore .cache --ignore tests
	@$(BIN)/python manage.py compilemessages --ignore .venv --ignore .cache

clean:
	rm -rf $(VENV) var .cache
