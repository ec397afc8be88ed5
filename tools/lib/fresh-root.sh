#!/usr/bin/env bash
# The drill a stranger does: an empty Debian, a clean clone, both commands. Needs root and debootstrap.
#   tools/lib/fresh-root.sh                      Debian 12, tools/test and tools/demo --once
#   tools/lib/fresh-root.sh --suite trixie       another release
#   tools/lib/fresh-root.sh --dir DIR            where the empty system goes (default /var/tmp/tallystick-SUITE)
#   tools/lib/fresh-root.sh --only packages      stop after the packages; or: configure, build, test
#   tools/lib/fresh-root.sh --again              keep the system of the last run, renew only the clone
# Mirror and apt settings are those of this machine; nothing else of it is seen inside.
set -euo pipefail
repo=$(cd "$(dirname "$0")/../.." && pwd)
. "$repo/tools/lib/say.sh"

suite=bookworm
dir=
only=
again=no
while [ $# -gt 0 ]; do
  case $1 in
    --suite | --dir | --only)
      [ $# -ge 2 ] || die "$1 needs a value"
      declare "${1#--}=$2"
      shift
      ;;
    --again) again=yes ;;
    *)
      awk 'NR > 1 && !/^#/ { exit } NR > 1 { sub(/^# ?/, ""); print }' "$0"
      exit 2
      ;;
  esac
  shift
done
case $only in '' | packages | configure | build | test) ;; *) die "--only packages, configure, build or test" ;; esac
dir=${dir:-/var/tmp/tallystick-$suite}
log=$dir.log
[ "$(id -u)" -eq 0 ] || die "needs root, for chroot"
command -v debootstrap >/dev/null || die "needs the package debootstrap"

# The first Debian mirror of this machine, in either form of apt's source lists.
mirror_of_this_machine() {
  { cat /etc/apt/sources.list.d/*.sources 2>/dev/null | sed -n 's/^URIs: *\([^ ]*\).*/\1/p'
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | sed -n 's/^deb \(\[[^]]*\] \)\{0,1\}\([^ ]*\).*/\2/p'
  } | grep -m 1 '/debian/\{0,1\}$'
}

make_system() {
  rm -rf --one-file-system "$dir"
  mkdir -p "$dir"
  printf 'Unpacking %s ' "$suite"
  quietly "$log" debootstrap --variant=minbase "$suite" "$dir" "$(mirror_of_this_machine)"
  local file
  for file in /etc/apt/apt.conf /etc/apt/apt.conf.d/*; do
    if grep -qsE '^ *Acquire::' "$file"; then cp "$file" "$dir/etc/apt/apt.conf.d/"; fi
  done
  if [ "$suite" = bookworm ] && [ -f /etc/apt/sources.list.d/debian.sources ]; then
    cp /etc/apt/sources.list.d/debian.sources "$dir/etc/apt/sources.list.d/"
    : >"$dir/etc/apt/sources.list"
  fi
}

# Runs a command in the clone, inside the empty system, with nothing of our environment. The mount of /proc ends with it.
inside() {
  cp -L /etc/resolv.conf "$dir/etc/resolv.conf" 2>/dev/null || true
  unshare --mount --propagation private bash -c '
    dir=$1; shift
    mount -t proc proc "$dir/proc"
    exec chroot "$dir" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 TERM=dumb \
      bash -c "cd /srv/tallystick && exec \"\$@\"" inside "$@"' inside "$dir" "$@"
}

step() {
  local start=$SECONDS
  say "$*"
  inside "$@"
  echo "-- $* took $((SECONDS - start)) s"
}

if [ "$again" = no ] || [ ! -d "$dir/usr" ]; then make_system; fi
rm -rf "$dir/srv/tallystick"
git clone -q --no-hardlinks --depth 1 "file://$repo" "$dir/srv/tallystick"
echo "Clone of $(git -C "$repo" rev-parse --short HEAD) in $dir/srv/tallystick; unsaved work is not in it."

case $only in
  packages) step bash tools/lib/packages.sh ;;
  configure)
    step bash tools/lib/packages.sh
    step cmake --preset dev
    ;;
  build)
    step bash tools/lib/packages.sh
    step cmake --preset dev
    step cmake --build --preset dev
    ;;
  test) step ./tools/test ;;
  '')
    step ./tools/test
    step ./tools/demo --once
    ;;
esac
