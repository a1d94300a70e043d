#!/bin/sh
# Gradescope runs this once, as root, when it builds the image: Python 3.11 or newer, bubblewrap, the grader's libraries.
set -eu
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -qq -y --no-install-recommends python3 python3-venv bubblewrap
python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    apt-get install -qq -y --no-install-recommends python3.11 python3.11-venv
cd "$(dirname "$0")/course"
scripts/setup venv
# Programs run as nobody: that user reads the grader, and writes nothing.
chmod -R a+rX,go-w .
