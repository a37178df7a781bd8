#!/usr/bin/env bash
# Makes sure that a Docker Engine answers. Where none does, starts one that outlives this script; needs root and Debian's docker.io.
set -euo pipefail

answers() { docker version --format '{{.Server.Version}}' 2>/dev/null; }
log=${TMPDIR:-/tmp}/dockerd.log

if version=$(answers); then
  echo "Docker Engine $version answers"
  exit
fi

if ! engine=$(pgrep -x -o dockerd); then
  # Those that were killed left these behind; a number that another process has by now would keep the engine from starting.
  rm -f /var/run/docker.pid
  pgrep -x containerd >/dev/null || rm -f /var/run/docker/containerd/containerd.pid
  # Its own session: it stays when this shell, or the CI step around it, ends.
  setsid dockerd >"$log" 2>&1 </dev/null &
  engine=$!
fi

for _ in $(seq 300); do
  if version=$(answers); then
    echo "Docker Engine $version started; its log is $log"
    exit
  fi
  kill -0 "$engine" 2>/dev/null || break
  sleep 0.2
done
tail -n 20 "$log" >&2
echo "dockerd does not answer. Has this machine root, cgroups and iptables? Does another engine answer elsewhere (docker context ls)?" >&2
exit 1
