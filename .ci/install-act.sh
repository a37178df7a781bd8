#!/usr/bin/env bash
# Builds act, which runs workflow files on this machine, where that version is missing.
set -euo pipefail
version=0.2.89
PATH=$PATH:$(go env GOPATH)/bin
if act --version 2>/dev/null | grep -q "$version"; then exit; fi

echo "building act $version"
# Neither optimised nor with symbols, without its part for Docker, and without collecting garbage: that is built in half the time, and act only waits.
GOGC=off CGO_ENABLED=0 go install -tags WITHOUT_DOCKER -gcflags="all=-N -l" -ldflags="-s -w" "github.com/nektos/act@v$version"
