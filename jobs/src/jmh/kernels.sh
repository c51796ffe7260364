#!/usr/bin/env bash
# Times the kernels of the compiled scorer: jobs/src/jmh/kernels.sh MODEL_DIRECTORY TEXTS_JSONL
# MODEL_DIRECTORY is a directory below model_files of a warehouse; TEXTS_JSONL holds objects with title and abstract, gz or not.
set -euo pipefail
[ $# = 2 ] || { echo 'usage: jobs/src/jmh/kernels.sh MODEL_DIRECTORY TEXTS_JSONL' >&2; exit 2; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$here/../../target
shopt -s nullglob
classes=("$target"/classes)
jars=("$target"/spark/jars/jackson-*.jar)
[ -d "${classes[0]}/org" ] && [ ${#jars[@]} -gt 0 ] || { echo 'build first: mvn -DskipTests package' >&2; exit 2; }
path=${classes[0]}$(printf ':%s' "${jars[@]}" "$target"/lib/*.jar)
out=$target/kernels
mkdir -p "$out"
javac -proc:none -d "$out" -cp "$path" "$here"/java/org/medroute/compiled/KernelBenchmark.java
exec java -Xmx1g -XX:+UseSerialGC -cp "$out:$path" org.medroute.compiled.KernelBenchmark "$1/compiled/scorer.bin" "$2"
