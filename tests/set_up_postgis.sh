#!/bin/sh
# Installs PostgreSQL with PostGIS from the distribution's packages, for the tests of the PostGIS store.
# Idempotent; needs root only where something is missing. The tests start their own private cluster in a temporary
# folder, so no system cluster is made.
set -eu

installed() {
    ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1
}

if installed; then
    exit 0
fi
if [ "$(id -u)" -ne 0 ]; then
    echo "PostGIS is missing. Run as root: tests/set_up_postgis.sh (it installs postgresql-*-postgis-3)" >&2
    exit 1
fi
if [ ! -e /etc/postgresql-common/createcluster.conf ]; then
    mkdir -p /etc/postgresql-common
    echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
package=$(apt-cache search --names-only '^postgresql-[0-9]+-postgis-3$' | cut -d ' ' -f 1 | sort -V | tail -n 1)
if [ -z "$package" ]; then
    echo "no package postgresql-*-postgis-3 is known to apt" >&2
    exit 1
fi
apt-get install -y -q --no-install-recommends "$package"
installed
