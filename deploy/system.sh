#!/bin/sh
# Install the system packages that are asked for, where apt and root are there; else name them.
# Usage: system.sh [tesseract] [chromium]
# Ends with 0 when they are there or merely wanted, with 1 when CI=true and one is missing.
set -u

missing=""
for part in "$@"; do
    case "$part" in
    tesseract)
        if ! command -v tesseract >/dev/null 2>&1 || ! tesseract --list-langs 2>&1 | grep -qx nld; then
            missing="$missing tesseract-ocr tesseract-ocr-nld"
        fi
        ;;
    chromium) command -v chromium >/dev/null 2>&1 || missing="$missing chromium" ;;
    *) echo "system.sh: unknown part $part" >&2; exit 2 ;;
    esac
done
[ -z "$missing" ] && exit 0

if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing$missing ..."
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086  # the list is meant to be split
    if apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null; then
        exit 0
    fi
fi

echo "Not installed:$missing." >&2
echo "With apt: sudo apt-get install$missing. Until then scanned pages stay unread (the ingest lists which)," >&2
echo "and tests in a browser are skipped." >&2
[ "${CI:-}" = true ] && exit 1
exit 0
