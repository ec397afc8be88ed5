#!/usr/bin/env bash
# Installs what building and testing needs, and only what is missing. Run it, or source it and call install_packages.
# Made for Debian 12 and Ubuntu 22.04 and 24.04. On a system without apt it says what to install, and goes on.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$root/tools/lib/say.sh"

packages=(g++ cmake ninja-build pkg-config ccache python3 python3-cryptography
  libpoco-dev libssl-dev libsodium-dev libsqlite3-dev libjemalloc-dev libxlsxwriter-dev libp11-kit-dev softhsm2
  nlohmann-json3-dev libcli11-dev catch2)

# The web app is built by Node, 18 or newer; whichever is there will do.
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then packages+=(nodejs npm); fi

# Ubuntu 22.04 comes with g++ 11; the project is tested with 12.
if grep -qs '^VERSION_CODENAME=jammy' /etc/os-release; then
  packages+=(g++-12)
  export CXX=${CXX:-g++-12}
fi

package_log="$root/build/logs/packages.log"

missing_of() {
  local name
  for name in "$@"; do
    if [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" != installed ]; then
      echo "$name"
    fi
  done
}

has_candidates() {
  local name
  for name in "$@"; do
    apt-cache policy "$name" 2>/dev/null | grep -q '^  Candidate: [^(]' || return 1
  done
}

apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600 "$@"
}

update_lists() {
  printf 'Reading the package lists '
  quietly "$package_log" apt_get update || echo "Some lists could not be read; going on with those that are here."
}

# install_packages [NAME...]: the list above, and more names if given.
install_packages() {
  local missing updated=no
  if ! command -v apt-get >/dev/null; then
    echo "This system has no apt-get. Needed, under the names of Debian: ${packages[*]} $*"
    return 0
  fi
  mapfile -t missing < <(missing_of "${packages[@]}" "$@")
  if [ "${#missing[@]}" -eq 0 ]; then
    echo "All packages are here."
    return 0
  fi
  echo "Missing packages: ${missing[*]}"
  if [ "$(id -u)" -ne 0 ]; then as_root true; fi  # asks for the password before the output goes to the log
  if ! has_candidates "${missing[@]}"; then
    update_lists
    updated=yes
  fi
  printf 'Installing them (log: build/logs/packages.log) '
  if quietly "$package_log" apt_get install --no-install-recommends "${missing[@]}"; then return 0; fi
  if [ "$updated" = yes ]; then die "the packages could not be installed"; fi
  echo "The package lists may be out of date; trying once more with fresh ones."
  update_lists
  printf 'Installing '
  quietly "$package_log" apt_get install --no-install-recommends "${missing[@]}" || die "the packages could not be installed"
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then install_packages "$@"; fi
