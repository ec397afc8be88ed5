#!/bin/sh
# Fetches what the lock file names, and leaves a stamp. Scripts of packages are not run: none is needed to build.
#   install.sh NPM STAMP
if "$1" ci --ignore-scripts --no-audit --no-fund --loglevel=error; then
  touch "$2"
  exit 0
fi
cat >&2 <<TEXT

The packages of the web app could not be fetched (see above). Either let npm reach its registry and build again, or
configure with -DTALLYSTICK_CONSOLE=OFF for a program without the web app; everything else is the same.
TEXT
exit 1
