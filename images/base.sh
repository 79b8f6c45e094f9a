#!/usr/bin/env bash
# Makes a base image from Debian's packages, for machines that cannot pull one: a Java runtime and what it needs, no shell.
# Usage: images/base.sh [FILE]      (images/target/base.tar unless given; docker-archive format)
# Then:  mvn -Pimages package -Dimage.base=tar://FILE
# Needs mmdebstrap and python3; run by root or by a user who may make user namespaces.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
out=$(readlink -m "${1:-$here/target/base.tar}")
suite=bookworm
packages=libc6,zlib1g,libstdc++6,ca-certificates,tzdata,openjdk-17-jre-headless
architecture=$(dpkg --print-architecture)
home=/usr/lib/jvm/java-17-openjdk-$architecture
export SOURCE_DATE_EPOCH=1

fail() {
    echo "base.sh: $*" >&2
    exit 2
}
command -v mmdebstrap >/dev/null || fail "no mmdebstrap found: apt install mmdebstrap"
java=$(readlink -f "$(command -v java)") || fail "no java found: its certificates go into the image"
certificates=$(dirname "$(dirname "$java")")/lib/security/cacerts

mkdir -p "$(dirname "$out")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Packages are unpacked and not configured, so what their scripts would make is put there: certificates as Java reads them.
mmdebstrap --quiet --variant=extract --include="$packages" \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/lintian/*' \
    --extract-hook="mkdir -p \"\$1/etc/ssl/certs/java\" \"\$1/tmp\" && chmod 1777 \"\$1/tmp\"" \
    --extract-hook="cp -L '$certificates' \"\$1/etc/ssl/certs/java/cacerts\" && chmod 644 \"\$1/etc/ssl/certs/java/cacerts\"" \
    --extract-hook='rm -rf "$1"/var/cache/apt/* "$1"/var/lib/apt/lists/* "$1"/var/log/*' \
    "$suite" "$work/layer.tar"

python3 - "$work" "$out" "$architecture" "$home" <<'PYTHON'
import hashlib, json, os, sys, tarfile

work, out, architecture, home = sys.argv[1:]
layer = os.path.join(work, "layer.tar")
with open(layer, "rb") as file:
    digest = hashlib.file_digest(file, "sha256") if hasattr(hashlib, "file_digest") else hashlib.sha256(file.read())
config = json.dumps({
    "architecture": architecture,
    "os": "linux",
    "created": "1970-01-01T00:00:01Z",
    "config": {"Env": [f"PATH={home}/bin:/usr/local/bin:/usr/bin:/bin", f"JAVA_HOME={home}", "LANG=C.UTF-8"]},
    "rootfs": {"type": "layers", "diff_ids": ["sha256:" + digest.hexdigest()]},
    "history": [{"created": "1970-01-01T00:00:01Z", "created_by": "images/base.sh"}],
}).encode()
manifest = json.dumps([{"Config": "config.json", "RepoTags": ["streamforge/base:17"], "Layers": ["layer.tar"]}]).encode()
for name, text in (("config.json", config), ("manifest.json", manifest)):
    with open(os.path.join(work, name), "wb") as file:
        file.write(text)


def plain(entry):
    entry.mtime, entry.uid, entry.gid, entry.uname, entry.gname, entry.mode = 1, 0, 0, "", "", 0o644
    return entry


with tarfile.open(out, "w") as tar:
    for name in ("config.json", "layer.tar", "manifest.json"):
        tar.add(os.path.join(work, name), name, filter=plain)
PYTHON
echo "$out"
