# Two commands: `make site` builds the site into public/, `make test` passes the tests. Python 3.11+, git and make suffice.
PYTHON ?= python3
READY  := .venv/.ready

.PHONY: site serve test lint lock bench clean

site: $(READY)  ## read the example guides, check the packages, build the site
	.venv/bin/feebook extract
	.venv/bin/feebook check
	.venv/bin/feebook build
	@echo "The site is in public/. To look at it: make serve"

serve: $(READY)  ## look at the site at http://127.0.0.1:8000
	.venv/bin/feebook serve

test: $(READY) lint  ## the tests; those that need Chromium or ../shared skip and say so where they are missing
	.venv/bin/pytest -rs

lint: $(READY)
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

lock:  ## pin the newest versions that pyproject.toml allows: names, versions and hashes, no addresses
	$(PYTHON) -m venv .venv/lock && .venv/lock/bin/pip install --quiet uv
	.venv/lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-annotate --no-emit-index-url --no-emit-find-links --extra dev pyproject.toml -o requirements.lock

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet --require-hashes -r requirements.lock
	.venv/bin/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

clean:
	rm -rf .venv public .public.build .pytest_cache .mypy_cache .ruff_cache
