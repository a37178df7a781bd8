#!/usr/bin/env bash
# Installs the Debian packages of those programs that are missing: what shows reports, runs containers, and makes the image of DynamoDB Local.
set -euo pipefail
packages=()
need() { command -v "$1" >/dev/null || packages+=("$2"); }
need chromium chromium
need dockerd docker.io
need docker-registry docker-registry
need mvn maven
need jlink default-jdk-headless
python3 -c 'import ensurepip' 2>/dev/null || packages+=(python3-venv)
if [ ${#packages[@]} = 0 ]; then exit; fi

echo "installing ${packages[*]}"
apt-get -qq update
DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends "${packages[@]}" >/dev/null
