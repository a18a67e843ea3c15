# Needs python3 (3.11 to 3.14), make and a package index; everything else is installed into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(VENV)/.run-installed
DEV := $(VENV)/.dev-installed
BROWSER := $(VENV)/.browser-installed
# Each worker, and each program that a test starts, would compile all anew where the environment forbids keeping it.
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest
SOURCES := manage.py voice2task accounts activities tasks integrations conversations tests bench

.DEFAULT_GOAL := help
.PHONY: help run say test test-faults test-rolling test-n8n test-browser test-speech check format
.PHONY: bench bench-sentences bench-dashboard bench-deliveries bench-reminders bench-speech bench-tasks
.PHONY: bench-understanding clean

help: ## Show what there is
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-20s %s\n", $$1, $$2}'

run: $(RUN) ## Start everything; Ctrl-C ends it
	@exec $(BIN)/python manage.py up

say: $(RUN) ## Talk to what `make run` started: make say TEXT="buy milk tomorrow", AUDIO=file.wav or MICROPHONE=1
	@exec $(BIN)/python manage.py say $(if $(TEXT),"$(TEXT)") $(if $(AUDIO),--audio "$(AUDIO)") $(if $(MICROPHONE),--microphone)

test: $(DEV) ## Run the tests with coverage
	$(PYTEST) -n 2 --dist loadscope --cov --cov-report=term:skip-covered --cov-fail-under=90 -m "not faults and not browser and not n8n and not speech and not rolling"

test-faults: $(DEV) ## Kill, freeze, cut off, lose and restore; 10,000 generated requests (half an hour; FAULT_SECONDS=60 FAULT_ROUNDS=100 FAULT_REQUESTS=10000)
	$(PYTEST) -n 2 --dist loadscope -m "faults and not alone"
	$(PYTEST) -m alone

test-rolling: $(DEV) ## Restart every process of docker-compose.yml under load, behind Debian's Caddy, which it installs
	@command -v caddy >/dev/null || { \
		if [ "$$(id -u)" = 0 ]; then as=; else as=sudo; fi; \
		$$as apt-get update -qq && $$as apt-get install -qq --yes --no-install-recommends caddy; }
	$(PYTEST) -m rolling -rP tests/operations

test-n8n: $(DEV) ## Install a real n8n outside the checkout, start it and run workflows on it (some minutes at first)
	$(BIN)/python -m tests.n8n.install
	$(PYTEST) -m n8n tests/n8n

test-speech: $(DEV) ## Speak to the local recogniser, hurt it, and use a browser if there is one (some minutes)
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq chromium; } \
		|| echo "There is no Chromium here: what a browser records is not tried." >&2
	$(PYTEST) -m speech

test-browser: $(BROWSER) ## Drive the web client in Chromium; writes a screenshot of every view to var/screenshots
	$(PYTEST) -m browser -rP tests/browser

check: $(DEV) ## Format, lint, types, import contracts, migrations, schema, configuration, holes in dependencies
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy $(SOURCES)
	$(PYTEST) -q tests/project/test_consistency.py tests/project/test_configuration.py tests/project/test_migrations.py
	@$(BIN)/python -m tests.project.audit

format: $(DEV) ## Format and mend what can be mended by itself
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

bench: $(DEV) ## Measure how fast it is: make bench [ONLY=live,rest] [REFERENCE=folder of another server] [ROUNDS=7] [PACE="0.2 0.05 50"] [STREAMS="1 50 200"] [RECORDINGS=folder] [JSON=file]
	@exec $(BIN)/python -m bench.speed $(if $(ONLY),--only "$(ONLY)") $(if $(REFERENCE),--reference "$(REFERENCE)") \
		$(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(PACE),--pace $(PACE)) $(if $(STREAMS),--streams $(STREAMS)) \
		$(if $(RECORDINGS),--recordings "$(RECORDINGS)") --json "$(or $(JSON),var/bench/speed.json)"

bench-sentences: $(DEV) ## Measure sentences over one WebSocket: make bench-sentences DATA="a.jsonl b.jsonl"
	@exec $(BIN)/python -m bench.sentences $(DATA)

bench-understanding: $(DEV) ## Score what sentences are understood to say: make bench-understanding DATA=folder
	@exec $(BIN)/python -m bench.understanding $(DATA)

bench-reminders: $(DEV) ## Let 10,000 reminders be due and measure how late they come (some minutes)
	@exec $(BIN)/python -m bench.reminders

bench-tasks: $(DEV) ## Fill 1,000, then 1,000,000 tasks; measure lists, filters, deep pages and searches
	@exec $(BIN)/python -m bench.tasks

bench-dashboard: $(DEV) ## Fill a million turns and measure the staff's first page, from rows and from sums of days
	@exec $(BIN)/python -m bench.dashboard

bench-deliveries: $(DEV) ## Measure endpoints while another hangs, and a turn with 10,000 deliveries queued
	@exec $(BIN)/python -m bench.deliveries

bench-speech: $(DEV) ## Measure recordings: make bench-speech DATA=folder, which has a transcripts.tsv (file, language, text)
	@exec $(BIN)/python -m bench.speech $(DATA)

clean: ## Remove the virtual environment and everything `make run` keeps
	rm -rf $(VENV) var

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' \
		|| { echo "Python 3.11 to 3.14 is needed; name one with PYTHON=…" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(RUN): $(VENV)/.made requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(DEV): $(RUN) requirements-dev.txt requirements-observing.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(BROWSER): $(DEV) requirements-browser.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-browser.txt
	@command -v chromium chromium-browser google-chrome >/dev/null || { \
		if [ "$$(id -u)" = 0 ]; then as=; else as=sudo; fi; \
		$$as apt-get update -qq && $$as apt-get install -qq --yes --no-install-recommends chromium; }
	@touch $@
