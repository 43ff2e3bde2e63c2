# One line each; `.ci/setup` installs what is missing and says so.
DEMO ?= 1
SHELL := /bin/bash
.ONESHELL:
.SHELLFLAGS := -eu -o pipefail -c
.PHONY: run test dev bench check dist build fuzz

run: ## The shop: builds, migrates, seeds the demo on first start (DEMO=0: an empty shop), serves on 127.0.0.1:3000
	@.ci/setup build && . .ci/env && .ci/build && DEMO=$(DEMO) exec .ci/start

test: ## Everything: rules, both databases, doors, browser
	@.ci/setup test && . .ci/env && .ci/test

dev: ## Rebuilds and reloads on every change
	@.ci/setup build && . .ci/env && cargo leptos watch

check: ## Format, lints, house rules, dependencies; no browser
	@.ci/setup check && . .ci/env && .ci/check

bench: ## The figures of the README
	@.ci/setup test && . .ci/env && .ci/bench

dist: ## One self-contained binary in dist/
	@.ci/setup build && . .ci/env && .ci/dist

fuzz: ## What nobody would write, at every parser (FUZZ_SECONDS=600 each) and at every address of the API
	@.ci/setup build && .ci/setup fuzz && . .ci/env && .ci/fuzz && .ci/build && .ci/schemathesis
