#!/usr/bin/env bash
# Installs what the tests need and Python packages cannot bring: a browser and PostgreSQL with PostGIS.
# As root it installs Debian's packages; otherwise it says what is missing and fails.
set -euo pipefail

missing=()
command -v chromium >/dev/null || missing+=(chromium)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 || missing+=(postgis-extension)
fc-list 2>/dev/null | grep -qi 'noto.*arabic\|dejavu' || missing+=(fonts-dejavu-core)
[ "${#missing[@]}" -eq 0 ] && exit 0

# Debian names the extension's package after the server's version.
packages=()
for name in "${missing[@]}"; do
  [ "$name" = postgis-extension ] && name=postgis-extension-package
  packages+=("$name")
done
if [ "$(id -u)" -ne 0 ]; then
  echo "The tests need: ${missing[*]}. On Debian or Ubuntu, as root:" >&2
  echo "  apt-get install chromium postgresql postgresql-NN-postgis-3 fonts-dejavu-core   (NN: the server's version)" >&2
  exit 2
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
server=$(ls /usr/lib/postgresql 2>/dev/null | sort -n | tail -n 1)
[ -n "$server" ] || server=$(apt-cache depends postgresql | sed -n 's/.*Depends: postgresql-\([0-9]*\)$/\1/p' | head -n 1)
apt-get install -y -qq --no-install-recommends "${packages[@]/postgis-extension-package/postgresql-$server-postgis-3}" >/dev/null
