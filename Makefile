# The two commands that matter are `make run` and `make test`; both set up what is missing first.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

COMPOSE ?= docker compose

.PHONY: help setup run test alerts conform fuzz bench torture up migrate clean

help: ## Say what there is to make.
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 10

setup: ## Install what is missing: PostgreSQL's programs, Rust's tools, cargo-deny.
	@deploy/setup.sh

run: ## Build the program and serve a generated history on 127.0.0.1:8080 (DAYBOOK_LISTEN, DAYBOOK_DATA).
	@deploy/setup.sh --run-only
	cargo build --release --locked -p daybook
	exec "$${CARGO_TARGET_DIR:-target}/release/daybook" demo

test: setup alerts ## Format, lints, every test, alert rules, dependencies.
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	cargo test --workspace --locked
	@# Workspaces of their own: not compiled here, yet in order.
	for apart in fuzz benches/esrs; do \
		cargo fmt --manifest-path $$apart/Cargo.toml --check; \
		cargo metadata --locked --format-version 1 --manifest-path $$apart/Cargo.toml >/dev/null; \
	done
	@# cargo-deny reads every package of the lock file, other platforms' too.
	cargo fetch --locked --quiet
	@# Without advisories: their database cannot be fetched where this runs without a network.
	cargo deny --offline --log-level error --config .deny.toml check --hide-inclusion-graph \
		-A unused-wrapper -A duplicate bans licenses sources

alerts: ## Check the alert rules, and what they say to which figures.
	@deploy/setup.sh --alerts
	promtool check rules deploy/alerts/daybook.rules.yaml
	promtool test rules deploy/alerts/daybook.tests.yaml

conform: ## Ask the service everything its OpenAPI document allows and forbids (CONFORM_EXAMPLES, CONFORM_SEED).
	@deploy/setup.sh --conform
	deploy/conform/run.sh

fuzz: ## Throw bytes at all that reads what comes from outside (FUZZ_SECONDS, FUZZ_TARGETS, FUZZ_SEED).
	@deploy/setup.sh --fuzz
	deploy/fuzz/run.sh

bench: setup ## Measure, against the peers, in one run.
	@deploy/setup.sh --peers
	@# This peer links OpenSSL, and is a program and a workspace of its own.
	cargo build --release --locked --manifest-path benches/esrs/Cargo.toml \
		--target-dir "$${CARGO_TARGET_DIR:-target}"
	cargo run --release --locked -p benches

torture: setup ## Make every fault, then conform and fuzz; minutes. TORTURE="--only kills" makes one fault alone.
	@# Not the release build: this one also notices arithmetic that overflows.
	cargo build --locked -p daybook
	cargo run --locked -p torture -- --daybook "$${CARGO_TARGET_DIR:-target}/debug/daybook" $(TORTURE)
	@# Whoever picks a fault wants that fault, and nothing after it.
	$(if $(findstring --only,$(TORTURE)),,$(MAKE) conform CONFORM_EXAMPLES="$${CONFORM_EXAMPLES:-3}")
	$(if $(findstring --only,$(TORTURE)),,$(MAKE) fuzz)

up: ## Build and start PostgreSQL and the service in containers.
	$(COMPOSE) build
	$(COMPOSE) up -d
	$(COMPOSE) ps

migrate: ## Apply the schema: in a container when they are up, otherwise to DATABASE_URL or .daybook.
	@if [ -n "$$($(COMPOSE) ps --quiet --status running daybook 2>/dev/null || true)" ]; then \
		$(COMPOSE) run --rm migrate; \
	else \
		cargo run --release --locked -p daybook -- migrate; \
	fi

clean: ## Remove what was built. Data folders stay: they are somebody's books.
	cargo clean
