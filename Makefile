# Everything a newcomer needs: `make run` and `make test`. Each target sets up what it uses.
.DEFAULT_GOAL := help
PY := .venv/bin/python
NLU_PY := .venv-nlu/bin/python
CODE := bot actions integrations desk sandbox bench tools tests

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

run: setup-run setup-nlu ## set up all, start sandbox, nlu and bot, print the chat page's address
	@$(NLU_PY) -m nlu.train
	@$(PY) -m tools.run

bot: setup-run ## the bot alone, in the foreground, settings from the environment
	@exec $(PY) -m bot all

check-settings: setup-run ## say what is missing or misconfigured, try every connection
	@$(PY) -m bot check

nlu: setup-nlu ## the NLU process alone, in the foreground; trains first when needed
	@$(NLU_PY) -m nlu.train
	@exec $(NLU_PY) -m nlu.serve

sandbox: setup-run ## the fake WeCom and shops alone, in the foreground
	@exec $(PY) -m sandbox

test: setup-dev setup-nlu setup-browser setup-vendure check ## every check and test: PostgreSQL, Redis, Rasa, Chromium and a shop are real
	@$(NLU_PY) -m nlu.train
	@$(PY) -m pytest -n 2 --dist loadgroup

vendure: setup-run setup-vendure ## a real shop server on loopback, to connect to `make run`
	@exec $(PY) -m tools.vendure

quick: setup-dev ## the tests of desk, actions and bot: no NLU, no browser, no sandbox
	@$(PY) -m pytest -q tests/desk tests/actions tests/bot

check: setup-dev ## format, lint, types, import contracts
	@.venv/bin/ruff format --check $(CODE) nlu
	@.venv/bin/ruff check $(CODE) nlu
	@.venv/bin/mypy
	@.venv/bin/lint-imports

format: setup-dev ## put the code into form
	@.venv/bin/ruff format $(CODE) nlu
	@.venv/bin/ruff check --fix-only $(CODE) nlu

nlu-train: setup-nlu ## train the model (cached by the hash of its inputs)
	@$(NLU_PY) -m nlu.train

nlu-test: setup-nlu ## train if needed, measure on the holdout, draw the confusion matrix
	@$(NLU_PY) -m nlu.train
	@$(NLU_PY) -m nlu.evaluate --picture docs/pictures/confusion.png

nlu-opinion: setup-dev setup-nlu ## read the holdout with and without the language model (LLM_* set)
	@$(NLU_PY) -m nlu.train
	@$(PY) -m tools.opinion

conversations: setup-dev setup-nlu ## play real-life conversations, write docs/conversations.md
	@$(NLU_PY) -m nlu.train
	@$(PY) -m tools.transcript

nlu-compare: setup-nlu ## measure other classifiers on the same data (half an hour)
	@$(NLU_PY) -W ignore -m nlu.compare

nlu-audit: setup-nlu ## look for leaks, twins, doubtful labels in the training data
	@$(NLU_PY) -W ignore -m nlu.audit

bench: setup-dev setup-nlu ## measure latency and throughput, write bench/report.md
	@$(NLU_PY) -m nlu.train
	@$(PY) -m bench

bench-lag: setup-dev ## measure how soon a shop's change is known, write bench/lag.md
	@$(PY) -m bench.lag

bench-tickets: setup-dev ## time the desk with a million tickets in the store, write bench/tickets.md
	@$(PY) -m bench.tickets

desk-report: setup-dev setup-nlu ## play 72 hours of a desk, write docs/desk-72h.md and its picture
	@$(PY) -m tools.three_days .cache/desk-72h.json
	@$(NLU_PY) -m tools.three_days.picture .cache/desk-72h.json docs/pictures/desk-72h.png

platforms: setup-dev ## write docs/platforms.md out of the code
	@$(PY) -m tools.platforms

lock: setup-dev ## renew the lock files from pyproject.toml
	@sh tools/lock.sh

image: ## the container images (needs a Docker engine)
	docker build --target bot -t zhanggui-bot .
	docker build --target nlu -t zhanggui-nlu .

.PHONY: help run bot check-settings nlu sandbox vendure test quick check format nlu-train nlu-test nlu-opinion nlu-compare nlu-audit conversations bench bench-lag bench-tickets desk-report platforms lock image

setup-run setup-dev setup-nlu setup-browser setup-vendure:
	@sh tools/setup.sh $(@:setup-%=%)

.PHONY: setup-run setup-dev setup-nlu setup-browser setup-vendure
