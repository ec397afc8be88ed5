# Shared by the scripts: one voice, and long commands that stay quiet unless they fail.

say() { printf '\n== %s\n' "$*"; }

die() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# quietly LOG COMMAND...: the output goes to LOG; a dot every few seconds shows life; on failure the log's end is shown.
quietly() {
  local log=$1 status=0 pid
  shift
  mkdir -p "$(dirname "$log")"
  "$@" >>"$log" 2>&1 </dev/null &
  pid=$!
  while kill -0 "$pid" 2>/dev/null; do
    printf '.'
    sleep 2
  done
  wait "$pid" || status=$?
  printf '\n'
  if [ "$status" -ne 0 ]; then
    printf '%s\nThis failed with status %s. The end of %s:\n' "$*" "$status" "$log" >&2
    tail -n 60 "$log" >&2
  fi
  return "$status"
}

# Runs a command as root: as it is, or through sudo.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "this needs root and there is no sudo: $*"
  fi
}
