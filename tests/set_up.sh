#!/usr/bin/env bash
# Installs what the tests need and Python packages cannot bring: a browser, a font with Arabic, PostgreSQL with PostGIS.
# As root it installs Debian's packages where they are missing; otherwise it says what to install and fails.
set -euo pipefail

packages=()
command -v chromium >/dev/null || packages+=(chromium)
fc-list 2>/dev/null | grep -qi dejavu || packages+=(fontconfig fonts-dejavu-core)
if [ "${#packages[@]}" -gt 0 ]; then
  if [ "$(id -u)" -ne 0 ]; then
    echo "The tests need ${packages[*]}. As root: apt-get install ${packages[*]}" >&2
    exit 2
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi
exec sh "$(dirname "$0")/set_up_postgis.sh"
