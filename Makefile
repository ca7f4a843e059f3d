.PHONY: run test check bench soak environment

run: environment
	@.venv/bin/python main.py demo

test: environment
	@.venv/bin/python -m pytest

check: environment
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

bench: environment
	@.venv/bin/python -m tests.benchmarks

# What is long: a till killed a thousand times, its disk failing and its power cut; an hour or less.
soak: environment
	@.venv/bin/python -m tests.durability --rounds 1000 --cuts 3000 --troubles 200

environment:
	@.ci/prepare
