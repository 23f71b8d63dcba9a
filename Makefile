# `make run` and `make test` set up everything they need: Python 3.11 or newer with pip is enough.
# Another Python: make run PYTHON=/path/to/python3.12      Another port: make run PORT=8080

PYTHON ?=
PORT ?= 8000
export PYTHON PORT

.PHONY: run test format bench quality messages

run:
	@sh deploy/python.sh deploy/run.py

test:
	@sh deploy/python.sh deploy/test.py

# Brings code and templates into the shape that `make test` asks for.
format:
	@sh deploy/python.sh deploy/environment.py requirements-dev.txt
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format --quiet .

bench:
	@sh deploy/python.sh deploy/environment.py requirements-dev.txt
	@.venv/bin/python -m benchmarks

# How good the machine's answers are: a table each, and of the reading of articles every miss with its rule.
quality:
	@sh deploy/python.sh deploy/environment.py requirements-dev.txt
	@.venv/bin/python -m tests.quality --misses --speed
	@.venv/bin/python -m benchmarks.quality

# Brings the files of translations in line with code and templates; needs Debian's gettext. New entries are filled by hand.
messages:
	@sh deploy/python.sh deploy/environment.py requirements-dev.txt
	@.venv/bin/python deploy/messages.py extract
