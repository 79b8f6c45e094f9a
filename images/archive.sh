#!/usr/bin/env bash
# Writes what an image has beside its jars: /app/options (class path and options of the JVM) and, where the base image is a tar whose JVM can be
# run here, /app/classes.jsa: the classes of classes.list, parsed and verified, as that very JVM maps them.
# Usage: images/archive.sh BASE TARGET-DIRECTORY JAR "JVM OPTIONS"; called by the build (profile images).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
base=$1 target=$2 jar=$3 options=$4
class_path=/app/classpath/$jar:$(cat "$target/image-class-path")
mkdir -p "$target/image/app"

write_options() {
    # shellcheck disable=SC2086
    printf '%s\n' -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError $options "$@" -cp "$class_path" >"$target/image/app/options"
}

write_options
