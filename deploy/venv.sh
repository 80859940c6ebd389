#!/bin/sh
# Make a virtual environment. Usage: venv.sh PYTHON FOLDER
set -eu
python=$1
folder=$2

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Raadspoor needs Python 3.11 or later; found: $("$python" --version 2>&1 || echo none). Try PYTHON=python3.11." >&2
    exit 1
fi
# Debian puts the module that makes environments in a package of its own.
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
    if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
        apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
    else
        echo "Python's venv module is missing; with apt: sudo apt-get install python3-venv" >&2
        exit 1
    fi
fi
exec "$python" -m venv "$folder"
