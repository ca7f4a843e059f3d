.PHONY: run test check bench environment

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

environment:
	@.ci/prepare
