#!/usr/bin/env bash
# Writes images/classes.list: names of the classes that are worth having in an image's class-data archive. They are those the demo loads, as far as images
# other than the broker's have them, and all of our own workers' and of the PostgreSQL driver's core.
# Run it after `mvn -Pimages package` when start times grow; a class that is missing in the list is loaded from its jar, a name too many does no harm.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$here/.."

STREAMFORGE_LOG=json java -XX:+UseSerialGC -XX:DumpLoadedClassList="$work/loaded" -Dstreamforge.home="$PWD" \
    -cp 'standalone/target/lib/*' io.streamforge.standalone.Main demo --data "$work/data" >/dev/null

python3 - "$here/classes.list" "$work/loaded" */target/image-libs <<'PYTHON'
import pathlib, re, sys, zipfile

out, recorded, *directories = sys.argv[1:]
loaded = {line for line in pathlib.Path(recorded).read_text().splitlines() if line[:1] not in "#@"}
always = re.compile(r"io/streamforge/(?!queue|model|dummy|standalone|broker)|org/postgresql/(core|copy|jdbc|util)/")
jdk = ("java/", "javax/", "jdk/", "sun/", "com/sun/")
wanted = {name for name in loaded if name.startswith(jdk)}
for directory in directories:
    if directory.startswith("standalone/"):
        continue
    for jar in pathlib.Path(directory).glob("*.jar"):
        names = (name[:-6] for name in zipfile.ZipFile(jar).namelist() if name.endswith(".class"))
        wanted.update(name for name in names if name in loaded or always.match(name))
wanted = {name for name in wanted if not name.endswith(("-info", "/package-info")) and not name.startswith("META-INF")}
pathlib.Path(out).write_text("\n".join(sorted(wanted)) + "\n")
PYTHON
wc -l "$here/classes.list"
