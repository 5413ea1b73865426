#!/usr/bin/env bash
# venv.sh NAME  Makes .tools/NAME hold exactly what local/requirements-NAME.txt pins; does nothing if it holds that already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
requirements=local/requirements-$1.txt
environment=.tools/$1
python=${PYTHON:-python3}

# What it was made from. The contents and not the file's age, which a fresh checkout changes; and the place, because the
# programs of an environment hold its full path.
wanted=$(pwd -P && cat "$requirements")
made=$environment/.made-from
if [[ -f $made && $(<"$made") == "$wanted" ]]; then
    exit 0
fi

command -v "$python" >/dev/null || { echo "$python is missing; it has to be Python 3.10 or newer" >&2; exit 1; }
"$python" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || {
    echo "$python has to be Python 3.10 or newer, with its venv module (make PYTHON=… names another)" >&2
    exit 1
}
# Made anew rather than added to, so that it never holds what its file does not name.
local/step.sh "making $environment" "$python" -m venv --clear "$environment"
local/step.sh "installing $(grep -c == "$requirements") pinned packages into it" \
    "$environment/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements"
printf '%s\n' "$wanted" >"$made"
