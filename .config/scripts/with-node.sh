#!/bin/sh
# Runs one command with the repository's Node and tools in PATH:  .config/scripts/with-node.sh vitest run packages/core
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
exec node "$here/bootstrap.mjs" exec -- "$@"
