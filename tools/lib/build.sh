# Shared by the scripts that build. Sourced after packages.sh.

# configure PRESET
configure() {
  say "Configure ($1)"
  (cd "$root" && cmake --preset "$1")
}

# build PRESET [TARGET...]: all targets without names.
build() {
  local preset=$1 jobs
  shift
  jobs=$(nproc)
  say "Build ($preset, $jobs at a time)"
  (cd "$root" && cmake --build --preset "$preset" --parallel "$jobs" ${1:+--target "$@"})
}
