# Droplets. `make help` lists the targets. Needs Rust, Python ≥ 3.10, Node ≥ 20 and make; everything else is installed inside
# the checkout, pinned, from PyPI, crates.io and npm.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
# Two builds at once would wait for each other's lock on target/ and mix their output.
.NOTPARALLEL:
.DEFAULT_GOAL := help

PYTHON ?= python3
# Parameters of the template for `make up`: make up PARAMS="ObjectGrouping=session BatchSize=10"
PARAMS ?=

TOOLS := .tools
ENVIRONMENTS := ministack sam cargo-lambda
STEP := local/step.sh

# The SAM CLI needs no credentials to build and check, is not to find any, and keeps to itself.
SAM := SAM_CLI_TELEMETRY=0 AWS_CONFIG_FILE=/dev/null AWS_SHARED_CREDENTIALS_FILE=/dev/null AWS_REGION=eu-west-1 $(TOOLS)/sam/bin/sam
# cargo looks for `cargo lambda` on the PATH, and cargo-lambda for its linker.
WITH_CARGO_LAMBDA := PATH="$(CURDIR)/$(TOOLS)/cargo-lambda/bin:$$PATH"

PYTHON_FILES := $(wildcard local/*.py tests/*/*.py)
# Also what is not yet committed, never what npm installed.
NODE_FILES = $(shell git ls-files --cached --others --exclude-standard '*.js' '*.mjs' '*.cjs')

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# ── Tools ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

.PHONY: tools
tools: ## install the pinned tools into .tools/
	@command -v cargo >/dev/null || { echo "cargo is missing; Rust comes from https://rustup.rs" >&2; exit 1; }
	@for name in $(ENVIRONMENTS); do PYTHON=$(PYTHON) local/venv.sh "$$name"; done

# ── Build ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

.PHONY: build functions cli
build: functions cli ## build the functions (release), the deployable template and the command line

# All three functions in one go, which compiles what they share once and shows cargo's progress; `sam build` then asks for
# each of them again, finds it done, and lays them out beside the template.
functions: tools
	@$(STEP) "compiling the functions" env $(WITH_CARGO_LAMBDA) \
		cargo lambda build --release --bin ingest --bin index --bin query
	@$(STEP) -q "building the template into .aws-sam/build" env $(WITH_CARGO_LAMBDA) $(SAM) build

cli:
	@$(STEP) "compiling the command line" cargo build --release --package droplets-cli

# The npm package: what it is tested with, and its CommonJS half. Installed anew when the lock file changes.
EXPRESS_INSTALLED := express/node_modules/.package-lock.json
NPM_CI := npm ci --no-audit --no-fund --loglevel=error

.PHONY: express
express: express/dist/index.cjs ## build the npm package express-droplets

$(EXPRESS_INSTALLED): express/package.json express/package-lock.json
	@$(STEP) -q "installing what express-droplets is tested with" $(NPM_CI) --prefix express
	@touch $@

express/dist/index.cjs: $(EXPRESS_INSTALLED) $(wildcard express/src/*.js express/build/*)
	@$(STEP) -q "building express-droplets" npm run build --silent --prefix express

# ── Try it ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

.PHONY: demo
demo: build express ## a real shop through the real stack on a local AWS, to an answer; leaves nothing running
	@$(TOOLS)/ministack/bin/python local/demo.py

.PHONY: up
up: build ## leave the stack running on a local AWS and print what to export
	@$(PYTHON) local/stack.py up $(foreach parameter,$(PARAMS),--param '$(parameter)')

.PHONY: down
down: ## stop what `make up` started
	@$(PYTHON) local/stack.py down

# ── Check it ───────────────────────────────────────────────────────────────────────────────────────────────────────────

.PHONY: test
test: lint build express readers browser ## every check: format, lints, template, all tests, end to end on a local AWS
	@$(STEP) "testing the reports' oracle" $(TOOLS)/readers/bin/python -B -m unittest discover --quiet tests/oracle
	@$(STEP) "running the tests" cargo test --workspace
	@$(STEP) "running the tests of express-droplets" npm test --silent --prefix express

# Only the tests read objects with it.
.PHONY: readers
readers:
	@PYTHON=$(PYTHON) local/venv.sh readers

# Looks at the HTML reports in the tests.
.PHONY: browser
browser: tests/browser/node_modules/.package-lock.json
tests/browser/node_modules/.package-lock.json: tests/browser/package-lock.json
	@$(STEP) "installing a headless browser" npm ci --prefix tests/browser --no-audit --no-fund --loglevel error
	@touch $@

.PHONY: lint
lint: tools
	@$(STEP) "checking the format" cargo fmt --all --check
	@$(STEP) -q "checking the template (sam validate --lint)" env $(SAM) validate --lint
	@$(STEP) -q "checking the template (cfn-lint)" $(TOOLS)/sam/bin/cfn-lint template.yaml
	@$(STEP) "checking the scripts" $(MAKE) --no-print-directory scripts
	@$(STEP) "checking the code (clippy)" cargo clippy --workspace --all-targets -- -D warnings

.PHONY: scripts
scripts:
	@$(PYTHON) -c 'import sys; [compile(open(name).read(), name, "exec") for name in sys.argv[1:]]' $(PYTHON_FILES)
	@for file in $(NODE_FILES); do node --check "$$file"; done
	@bash -n .ci/run local/*.sh

# Its own optimisation, which the file explains: the functions are measured as deployed, the rest need not wait for lto.
BENCH := --config tests/examples/bench/profile.toml --package droplets-tests --example bench

.PHONY: bench
bench: functions express ## measure size, memory, start and speed
	@$(STEP) "compiling the bench" cargo build $(BENCH)
	@cargo run --quiet $(BENCH)
	@$(STEP) -q "installing the middleware's peers" $(NPM_CI) --ignore-scripts --prefix express/bench
	@npm start --silent --prefix express/bench

.PHONY: chaos
# What fails is in tests/tests/e2e/chaos.rs. The seed repeats the faults; 10,000 events take a minute or two.
EVENTS ?= 100000
SEED ?= $(shell echo $$RANDOM)
chaos: build ## EVENTS through a stack where everything fails now and then; SEED repeats it
	@CHAOS_EVENTS=$(EVENTS) CHAOS_SEED=$(SEED) cargo test --package droplets-tests --test e2e -- chaos --nocapture

.PHONY: soak
SECONDS_OF_SOAK ?= 600
RATE ?= 200
soak: build ## RATE events/s for ten minutes: memory, queue and account
	@SOAK_SECONDS=$(SECONDS_OF_SOAK) SOAK_RATE=$(RATE) cargo test --package droplets-tests --test e2e -- soak --ignored --nocapture

# Seconds for each target; FUZZ=600 is what was seen clean.
FUZZ ?= 60

.PHONY: fuzz
fuzz: ## any bytes as body, message and object, FUZZ=60 seconds each (needs a C++ compiler)
	@test -x $(TOOLS)/cargo-fuzz/bin/cargo-fuzz || $(STEP) "installing cargo-fuzz" \
		cargo install cargo-fuzz --version 0.13.1 --locked --root $(TOOLS)/cargo-fuzz
	@for target in strip event; do mkdir -p fuzz/corpus/$$target && split -l 1 -a 4 events/shop.jsonl fuzz/corpus/$$target/shop-; done
	@for target in strip event block; do \
		$(STEP) "fuzzing $$target for $(FUZZ) s" env PATH="$(CURDIR)/$(TOOLS)/cargo-fuzz/bin:$$PATH" \
			cargo fuzz run --sanitizer none $$target -- -max_total_time=$(FUZZ) -max_len=4096 -timeout=10 -rss_limit_mb=1024; \
	done

.PHONY: cost
cost: ## what a million events cost, and a month without any
	@$(PYTHON) local/cost.py

.PHONY: clean
clean: down ## remove what was built (not .tools/)
	@$(STEP) "removing target/, .aws-sam/ and .local/" rm -rf target .aws-sam .local
