#!/usr/bin/env bash
# Installs Docker's compose plugin where there is none. Debian 12 has only the old one, so it is unpacked from Debian 13's package, found by
# an apt that knows nothing but that release and touches nothing of this system's.
set -euo pipefail
if docker compose version 2>/dev/null | grep -q "Compose version"; then exit; fi

root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root"/{state/lists/partial,cache/archives/partial}
# Its lists tell which of its archives is Debian's own.
debian() { apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' | head -n 1; }
archive=$(debian)
if [ -z "$archive" ]; then apt-get -qq update && archive=$(debian); fi
keys=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb [signed-by=$keys] $archive trixie main" >"$root/sources.list"
cat >"$root/apt.conf" <<EOT
Dir::State "$root/state";
Dir::Cache "$root/cache";
Dir::Etc::SourceList "$root/sources.list";
Dir::Etc::SourceParts "-";
APT::Sandbox::User "root";
EOT
export APT_CONFIG=$root/apt.conf
apt-get -qq update
cd "$root"
apt-get -qq download docker-compose
dpkg -x docker-compose_*.deb unpacked
install -D --target-directory=/usr/libexec/docker/cli-plugins unpacked/usr/libexec/docker/cli-plugins/docker-compose
docker compose version
