#!/usr/bin/env bash
# step.sh [-q] WHAT COMMAND…  Says what is being done, does it, and says how long it took. All of it on standard error, so that
# what a make target has to say itself (the exports of `make up`) stands alone on standard output.
#   -q  show the command's own output only if it fails
set -euo pipefail

run() { "$@" >&2; }
if [[ $1 == -q ]]; then
    shift
    run() {
        local output
        output=$("$@" 2>&1) && return
        local code=$?
        printf '%s\n' "$output" >&2
        return "$code"
    }
fi
what=$1
shift

printf '── %s\n' "$what" >&2
SECONDS=0
if run "$@"; then
    printf '   done in %d s\n' "$SECONDS" >&2
else
    code=$?
    printf '   FAILED after %d s (exit code %d): %s\n' "$SECONDS" "$code" "$what" >&2
    exit "$code"
fi
