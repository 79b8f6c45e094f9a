#!/usr/bin/env bash
# Builds the images twice from scratch and fails unless they are the same, bit for bit. Usage: images/reproducible.sh BASE [MAVEN OPTIONS]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
base=${1:?the base image, such as tar:///tmp/base.tar}
shift
options=("$@")
sums=$(mktemp)
trap 'rm -f "$sums"' EXIT

build() {
    mvn --batch-mode --quiet -Dquick -Pimages -Dimage.base="$base" "${options[@]}" clean package
}

build
sha256sum ./*/target/image.tar >"$sums"
build
sha256sum --check "$sums"
