# The portal's commands. `make run` and `make test` need nothing but git, make and Python 3.11+ on Debian or Ubuntu.
PYTHON := .venv/bin/python

.PHONY: run test env bench screenshots

run: ## install what is missing, load the demo into an empty database, serve on http://127.0.0.1:8000
	@bash deploy/setup.sh
	@DEBUG=1 exec $(PYTHON) manage.py serve --prepare

test: ## lint, the whole suite on SQLite and on PostgreSQL, then the browser tests
	@bash deploy/setup.sh --for-tests
	@DEBUG=1 exec $(PYTHON) -m tests.run

env: ## prepare the environment only
	@bash deploy/setup.sh

bench: ## measure speed and memory, also over two provinces of invented members (PROVINCES=63 for the whole country); see bench/
	@bash deploy/setup.sh --for-tests
	@DEBUG=1 exec $(PYTHON) -m bench

screenshots: ## draw the pictures of the README and of the help pages anew
	@bash deploy/setup.sh --for-tests
	@DEBUG=1 exec $(PYTHON) -m bench.screenshots
