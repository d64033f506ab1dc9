#!/bin/sh
# Lock the Python packages with the hashes of every file the index lists, and no address of any index.
set -eu
cd "$(dirname "$0")/.."
unset PIP_FIND_LINKS PIP_EXTRA_INDEX_URL
# Settings of this machine's own pip must not leak into a file that everybody installs from.
PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND="make lock"
export PIP_CONFIG_FILE CUSTOM_COMPILE_COMMAND
for name in base build dev; do
    .venv/bin/pip-compile --quiet --no-config --generate-hashes --allow-unsafe --strip-extras \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
        --output-file "requirements/$name.txt" "requirements/$name.in" "$@"
done
