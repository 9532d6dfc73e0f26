# Every recipe is one line that can be typed by hand.
.DEFAULT_GOAL := help
.PHONY: help run test check bench format conform guide

help: ## list these targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

run: ## start the server, no configuration needed
	scripts/setup && dotnet run --project src/FhirServer/Host -c Release

test: ## build, run all tests and the conformance suites; ends with the counts
	scripts/setup && scripts/test

check: ## what a change must pass: format, build, all tests with every peer present
	scripts/setup && dotnet format FhirHub.sln --verify-no-changes && HUB_REQUIRE_PEERS=1 scripts/test

bench: ## measure the hot paths
	scripts/setup && dotnet run --project tests/Benchmarks -c Release

format: ## rewrite the sources to the house style
	dotnet format FhirHub.sln

conform: ## run the published R4 examples through the engine
	dotnet run --project conformance/Runner -c Release -- examples

guide: ## compile the guide, pack it, and write its pages to artifacts/guide/pages
	scripts/guide --pages
