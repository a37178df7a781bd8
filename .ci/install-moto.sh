#!/usr/bin/env bash
# Installs moto, which speaks as S3 does, into the user's cache where that version is missing: the tests of the store of references start it.
set -euo pipefail
version=5.2.5
folder=${XDG_CACHE_HOME:-$HOME/.cache}/rehearse-tests/moto-$version
if [ -x "$folder/bin/moto_server" ]; then exit; fi

echo "installing moto $version"
rm -rf "$folder"
mkdir -p "$(dirname "$folder")"
# pip puts the programs there last. Of its thousand modules the few that S3 needs are compiled when they are loaded.
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --no-compile --disable-pip-version-check "moto[s3]==$version" flask==3.1.2 flask-cors==6.0.1
