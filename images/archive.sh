#!/usr/bin/env bash
# Writes what an image has beside its jars: /app/options (class path and options of the JVM) and, where the base image is a tar, /app/classes.jsa:
# the classes of classes.list, parsed and verified by the base image's own JVM, which maps them at every start.
# Usage: images/archive.sh BASE TARGET-DIRECTORY JAR "JVM OPTIONS"; called by the build (profile images).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
base=$1 target=$(readlink -f "$2") jar=$3 options=$4
app=$target/image/app
class_path=/app/classpath/$jar:$(cat "$target/image-class-path")
root=$here/target/root

mkdir -p "$app"
rm -f "$app/classes.jsa"

write_options() {
    # shellcheck disable=SC2086
    printf '%s\n' -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError $options "$@" -cp "$class_path" >"$app/options"
}

# The base image's files, unpacked once for all modules.
unpack() {
    local tar=${base#tar://} wanted
    wanted=$(stat -c '%n %s %Y' "$tar")
    mkdir -p "$here/target"
    exec 9>"$here/target/root.lock"
    flock 9
    [ "$(cat "$here/target/root.made" 2>/dev/null)" = "$wanted" ] && return
    rm -rf "$root"
    mkdir -p "$root"
    python3 - "$tar" "$root" <<'PYTHON'
import json, subprocess, sys, tarfile

image, root = sys.argv[1:]
with tarfile.open(image) as tar:
    manifest = json.load(tar.extractfile("manifest.json"))[0]
    config = json.load(tar.extractfile(manifest["Config"]))["config"]
    for layer in manifest["Layers"]:
        member = tar.extractfile(layer)
        packed = ["-z"] if member.read(2) == b"\x1f\x8b" else []
        member.seek(0)
        unpack = subprocess.Popen(["tar", "-x", "-C", root, "--no-same-owner", *packed], stdin=subprocess.PIPE)
        while chunk := member.read(1 << 20):
            unpack.stdin.write(chunk)
        unpack.stdin.close()
        if unpack.wait():
            sys.exit("cannot unpack " + layer)
path = next((value[5:] for value in config.get("Env", []) if value.startswith("PATH=")), "/usr/bin:/bin")
with open(root + ".path", "w") as file:
    file.write(path)
PYTHON
    mkdir -p "$root/app" "$root/proc"
    echo "$wanted" >"$here/target/root.made"
}

# The archive holds classes in the order in which they were loaded, so it is the same each time if one thread has loaded them all: without compilation, randomised
# addresses and threads that run at the same time another one seldom comes between, and then it is written again.
dump() {
    local stage=$target/image-stage attempt
    rm -rf "$stage"
    mkdir -p "$stage/libs" "$stage/classpath"
    cp "$target"/image-libs/*.jar "$stage/libs"
    find "$target" -maxdepth 2 -name "$jar" -not -path '*/image-*' -exec cp {} "$stage/classpath" \;
    cp "$here/classes.list" "$stage/classes.list"
    find "$stage" -exec touch -d @1 {} +
    for attempt in {1..20}; do
        write_archive "$stage"
        [ "$(cut -d ']' -f 1 "$stage/loaded" | sort -u | wc -l)" = 1 ] && break
        [ "$attempt" != 20 ] || echo "the class-data archive may differ from that of the next build: another thread has loaded classes, too"
    done
    install -m 644 "$stage/classes.jsa" "$app/classes.jsa"
    rm -rf "$stage"
}

# In name spaces of its own, with the jars where the image has them, and their times as the image has them; by threads that leave the processor when they wait and,
# where this user may say so, at no other time.
write_archive() {
    local isolated=(unshare --mount --pid --fork) turns=(chrt --fifo 1) processor
    "${turns[@]}" true 2>/dev/null || turns=(chrt --batch 0)
    processor=$(awk '/^Cpus_allowed_list/ {split($2, allowed, /[,-]/); print allowed[1]}' /proc/self/status)
    [ "$(id -u)" = 0 ] || isolated+=(--map-root-user)
    rm -f "$1"/{classes.jsa,loaded}
    # shellcheck disable=SC2016
    taskset --cpu-list "$processor" "${turns[@]}" "${isolated[@]}" setarch "$(uname -m)" -R sh -euc '
        mount --bind "$1" "$2/app"
        mount -t proc proc "$2/proc"
        PATH=$(cat "$2.path"):$PATH exec chroot "$2" java -Xshare:dump -Xint -XX:-UsePerfData -XX:SharedClassListFile=/app/classes.list \
            -XX:SharedArchiveFile=/app/classes.jsa -Xlog:cds=off,cds+heap=off -Xlog:class+load:file=/app/loaded:tid $3 \
            -cp "$4"' sh "$1" "$root" "$options" "$class_path" >"$target/image-archive.log" 2>&1 ||
        { cat "$target/image-archive.log" >&2; echo "archive.sh: the base image's JVM could not write an archive" >&2; exit 1; }
}

if [[ $base != tar://* ]]; then
    echo "no class-data archive: the base image $base is not a tar, its JVM cannot be run here"
    write_options
    exit
fi
unpack
dump
# Without the second and third the JVM moves the archive to a random address, and rewrites every page of it at each start.
write_options -XX:SharedArchiveFile=/app/classes.jsa -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0
