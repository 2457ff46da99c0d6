#!/usr/bin/env bash
# Installs what the tests need and Python packages cannot bring: a browser, a font with Arabic, GDAL's validators,
# axe-core (which looks for what keeps people out of a page), PostgreSQL with PostGIS.
# As root it installs Debian's packages where they are missing; otherwise it says what to install and fails.
set -euo pipefail

packages=()
command -v chromium >/dev/null || packages+=(chromium)
fc-list 2>/dev/null | grep -qi dejavu || packages+=(fontconfig fonts-dejavu-core)
/usr/bin/python3 -c 'import osgeo_utils.samples.validate_gpkg' 2>/dev/null || packages+=(python3-gdal)
command -v npm >/dev/null || packages+=(npm)
if [ "${#packages[@]}" -gt 0 ]; then
  if [ "$(id -u)" -ne 0 ]; then
    echo "The tests need ${packages[*]}. As root: apt-get install ${packages[*]}" >&2
    exit 2
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi

# The same version and bytes everywhere; tests/browser/accessibility.py reads it from here.
axe=4.11.0
axe_digest=39bed7d72308f6d620789c169d699bfd7e8da80f65b545821a6b2215c3e83107
axe_folder="${CONFLICT_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/conflict-atlas}/axe-core-$axe"
if [ ! -e "$axe_folder/axe.min.js" ]; then
  scratch=$(mktemp -d)
  (cd "$scratch" && npm pack --silent "axe-core@$axe" >/dev/null)
  echo "$axe_digest  $scratch/axe-core-$axe.tgz" | sha256sum --check --quiet
  tar -xzf "$scratch/axe-core-$axe.tgz" -C "$scratch"
  mkdir -p "$axe_folder"
  mv "$scratch/package/axe.min.js" "$axe_folder/axe.min.js"
  rm -rf "$scratch"
fi

exec sh "$(dirname "$0")/set_up_postgis.sh"
