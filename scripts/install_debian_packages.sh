#!/bin/sh
# Install Debian packages by name, as root, without starting or enabling any service they bring:
# Lingda starts its own front, and tests their own databases, so nothing may listen by surprise.
set -eu

if [ "$(id -u)" != 0 ]; then
    echo "This needs root: sudo sh scripts/install_debian_packages.sh $*" >&2
    exit 1
fi

export DEBIAN_FRONTEND=noninteractive
apt="apt-get -q -o DPkg::Lock::Timeout=300"

policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT INT TERM
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod 755 "$policy"
fi

$apt update
$apt install -y --no-install-recommends "$@"

disable() {
    if command -v systemctl > /dev/null; then
        systemctl disable --now "$1.service" || true
    else
        # No systemd yet, and it shall not start this on the day it comes.
        rm -f /etc/systemd/system/*.wants/"$1.service"
    fi
}

for package in "$@"; do
    case "$package" in
        caddy | redis-server) disable "$package" ;;
        postgresql*) disable postgresql ;;
    esac
done
