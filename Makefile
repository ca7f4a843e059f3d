.PHONY: run test check environment

run: environment
	@.venv/bin/python main.py demo

test: environment
	@.venv/bin/python -m pytest

check: environment
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports

environment:
	@.ci/prepare
