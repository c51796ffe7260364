#!/usr/bin/env bash
# Times the kernels by JMH: jobs/src/jmh/kernels.sh MODEL_DIRECTORY TEXTS_JSONL PUBMED_XML [JMH options]
# MODEL_DIRECTORY is a directory below model_files of a warehouse; TEXTS_JSONL holds objects with title and abstract, gz or
# not; PUBMED_XML is a baseline or update file, gz or not. JMH options are those of its command line, such as -f 1 or a
# pattern of kernel names; -h lists them. Four minutes as it stands.
set -euo pipefail
[ $# -ge 3 ] || { echo 'usage: jobs/src/jmh/kernels.sh MODEL_DIRECTORY TEXTS_JSONL PUBMED_XML [JMH options]' >&2; exit 2; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
target=$root/jobs/target
for input in "$1/compiled/scorer.bin" "$2" "$3"; do
  [ -f "$input" ] || { echo "there is no file $input" >&2; exit 2; }
done
# always: what is timed is the code as it stands
(cd "$root" && mvn -B -q -ntp -DskipTests -Pjmh package) >&2
shopt -s nullglob
jars=("$target"/jmh/lib/*.jar "$target"/spark/jars/*.jar "$target"/lib/*.jar)
path=$target/classes$(printf ':%s' "${jars[@]}")
out=$target/jmh/classes
rm -rf "$out" && mkdir -p "$out"
find "$here/java" -name '*.java' -print0 | xargs -0 javac -d "$out" -cp "$path"
exec java -cp "$out:$path" \
  -Dmedroute.model="$1" -Dmedroute.texts="$2" -Dmedroute.xml="$3" -Dmedroute.home="$root" \
  -Xmx1g -XX:+UseSerialGC org.openjdk.jmh.Main -foe true "${@:4}"
