#!/bin/sh
# Installs the system libraries that printing needs, where it may; says what is missing where it may not.
set -eu
packages=""
have() { ldconfig -p 2>/dev/null | grep -q "$1"; }
have libpango-1.0.so || packages="$packages libpango-1.0-0"
have libpangoft2-1.0.so || packages="$packages libpangoft2-1.0-0"
have libharfbuzz-subset.so || packages="$packages libharfbuzz-subset0"
have libmagic.so || packages="$packages libmagic1"
font() { fc-list 2>/dev/null | grep -qi "$1"; }
font "Liberation" || packages="$packages fontconfig fonts-liberation"
font "URW Bookman" || packages="$packages fontconfig fonts-urw-base35"
font "DejaVu" || packages="$packages fonts-dejavu-core"
python3 -c "import ensurepip" 2>/dev/null || packages="$packages python3-venv"
[ -z "$packages" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086
    apt-get install -y -qq --no-install-recommends $packages >/dev/null
else
    echo "Please install these packages first (as root): apt-get install$packages" >&2
    exit 1
fi
