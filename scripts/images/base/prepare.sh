#!/usr/bin/env bash
# prepare.sh <directory>: makes the root of a small file system in it, of this Debian machine's own files.
set -euo pipefail
programs=(bash cat chmod chown grep mkdir setpriv)
# Those that the engines need, or open when they run.
libraries=(libdl libgcc_s libm libnss_dns libnss_files libpthread libresolv librt libstdc++ libutil libz)

root=$1/root
mkdir -p "$root"/{etc,home,proc,root,run,sys,tmp,usr/bin,usr/lib,usr/lib64,var}
chmod 1777 "$root/tmp"
ln -s usr/bin usr/lib usr/lib64 "$root"
ln -s ../run "$root/var/run"
ln -s bash "$root/usr/bin/sh"

for program in "${programs[@]}"; do
  file=$(type -P "$program")
  cp -L "$file" "$root/usr/bin/"
  for library in $(ldd "$file" | grep -o '/[^ ]*'); do cp -L --parents "$library" "$root"; done
done
for library in "${libraries[@]}"; do cp -L --parents /usr/lib/*-linux-gnu/"$library".so.[0-9] "$root"; done

cat >"$root/etc/passwd" <<EOT
root:x:0:0::/root:/bin/sh
clickhouse:x:101:101::/var/lib/clickhouse:/bin/sh
postgres:x:999:999::/var/lib/postgresql:/bin/sh
dynamodblocal:x:1000:1000::/home/dynamodblocal:/bin/sh
EOT
printf '%s:x:%s:\n' root 0 clickhouse 101 postgres 999 dynamodblocal 1000 >"$root/etc/group"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
