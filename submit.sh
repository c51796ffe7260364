#!/usr/bin/env bash
# Runs one Medroute job: ./submit.sh <job> [options]; ./submit.sh --help lists the jobs.
# Uses the spark-submit of SPARK_HOME or PATH where there is one, else Spark embedded from Maven.
# Environment: SPARK_HOME, JAVA_HOME, MEDROUTE_HEAP (driver heap, default 4g), MEDROUTE_EMBEDDED=1 (never
# use an installed Spark), MEDROUTE_JAVA_OPTS (further options of the driver's JVM).
set -euo pipefail
{ # bash reads a block whole before it runs it: an update of this file cannot change a run that waits
home=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=$home/jobs/target

fail() { # exit code, message
  printf 'medroute: %s\n' "$2" >&2
  exit "$1"
}

java=java
[ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ] && java=$JAVA_HOME/bin/java
command -v "$java" >/dev/null 2>&1 || fail 2 'no java found: install a JDK 17, or set JAVA_HOME'

# ---- options that the launcher needs itself ----
value() { # option, number of arguments left, next argument
  [ "$2" -ge 2 ] || fail 2 "$1 needs a value"
  printf '%s' "$3"
}
absolute() { # a driver on another machine, or in another directory, must find the same place
  case $1 in /* | *:*) printf '%s' "$1" ;; *) printf '%s' "$PWD/$1" ;; esac
}
master='' mode=client json=0 run_id='' help=0 warehouse='' conf_files=() arguments=()
while [ $# -gt 0 ]; do
  case $1 in
    --master=* | --deploy-mode=* | --conf-file=* | --run-id=* | --warehouse=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
  esac
  case $1 in
    --master) master=$(value "$1" $# "${2:-}"); shift 2 ;;
    --deploy-mode) mode=$(value "$1" $# "${2:-}"); shift 2 ;;
    --conf-file) path=$(value "$1" $# "${2:-}"); conf_files+=("$(absolute "$path")"); shift 2 ;;
    --run-id) run_id=$(value "$1" $# "${2:-}"); shift 2 ;;
    --warehouse) path=$(value "$1" $# "${2:-}"); warehouse=$(absolute "$path"); shift 2 ;;
    -h | --help) help=1; arguments+=("$1"); shift ;;
    --json) json=1; arguments+=("$1"); shift ;;
    *) arguments+=("$1"); shift ;;
  esac
done
case $mode in client | cluster) ;; *) fail 2 "--deploy-mode $mode: expected client or cluster" ;; esac
case $run_id in *[!A-Za-z0-9_.-]*) fail 2 "--run-id $run_id: use letters, digits, dot, dash and underscore" ;; esac
[ -n "$run_id" ] && arguments+=(--run-id "$run_id")
[ -n "$warehouse" ] && arguments+=(--warehouse "$warehouse")

# ---- build what is missing, once ----
shopt -s nullglob
application() {
  local jars=("$target"/medroute-jobs-*.jar)
  local jar
  for jar in "${jars[@]}"; do
    case $jar in *-stages.jar | *-sources.jar | *-tests.jar) ;; *) printf '%s' "$jar" && return ;; esac
  done
}
stale() {
  local jar=$1
  [ -n "$jar" ] && [ -d "$target/spark/jars" ] && [ -d "$target/lib" ] || return 0
  [ -n "$(find "$home/pom.xml" "$home/jobs/pom.xml" "$home/jobs/src/main" -newer "$jar" -type f -print -quit)" ]
}
jar=$(application)
if stale "$jar"; then
  command -v mvn >/dev/null 2>&1 || fail 2 'Medroute is not built and there is no mvn on the PATH: install Maven 3.8 or later'
  printf 'medroute: building (about a minute the first time)\n' >&2
  mkdir -p "$home/.medroute/logs"
  (cd "$home" && mvn -q -B -DskipTests -Dspotless.check.skip=true -Dskip.integration=true package) \
    >"$home/.medroute/logs/build.log" 2>&1 \
    || { tail -n 30 "$home/.medroute/logs/build.log" >&2; fail 1 'the build failed; the whole output is in .medroute/logs/build.log'; }
  jar=$(application)
  touch "$jar"
fi
libraries=("$target"/lib/*.jar)
library_list=$(IFS=,; printf '%s' "${libraries[*]}")

opens='--add-opens=java.base/java.lang=ALL-UNNAMED --add-opens=java.base/java.lang.invoke=ALL-UNNAMED
 --add-opens=java.base/java.lang.reflect=ALL-UNNAMED --add-opens=java.base/java.io=ALL-UNNAMED
 --add-opens=java.base/java.net=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED
 --add-opens=java.base/java.util=ALL-UNNAMED --add-opens=java.base/java.util.concurrent=ALL-UNNAMED
 --add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED --add-opens=java.base/jdk.internal.ref=ALL-UNNAMED
 --add-opens=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/sun.nio.cs=ALL-UNNAMED
 --add-opens=java.base/sun.security.action=ALL-UNNAMED --add-opens=java.base/sun.util.calendar=ALL-UNNAMED
 -Djdk.reflect.useDirectMethodHandle=false -Dio.netty.tryReflectionSetAccessible=true'
export MEDROUTE_HOME=$home
[ -t 2 ] && export MEDROUTE_TERMINAL=1

mkdir -p "$home/.medroute/logs"
log_options="-Dlog4j2.configurationFile=$home/conf/log4j2.xml -Dmedroute.logs=$home/.medroute/logs"
plain_java=("$java" -XX:TieredStopAtLevel=1 -Xshare:auto
  "-Dlog4j2.configurationFile=$home/conf/log4j2.xml" "-Dmedroute.logs=$home/.medroute/logs"
  -cp "$jar:$target/lib/*:$target/spark/jars/*" org.medroute.job.Main)

# ---- no job needs Spark to show its help ----
if [ $help = 1 ] || [ ${#arguments[@]} = 0 ]; then
  exec "${plain_java[@]}" "${arguments[@]}"
fi

# ---- predict needs no Spark: plain java, its classes from an archive that the first run leaves behind ----
if [ "${arguments[0]}" = predict ]; then
  for file in "$home/conf/local.conf" "${conf_files[@]}"; do arguments+=(--conf-file "$file"); done
  archive=$home/.medroute/predict.jsa
  case $(locale charmap 2>/dev/null) in UTF-8) ;; *) export LC_ALL=C.UTF-8 ;; esac # texts are UTF-8
  # shellcheck disable=SC2206 # options are words
  predict=("$java" -Xlog:disable -Xshare:auto -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Dfile.encoding=UTF-8
    -Dlog4j2.loggerContextFactory=org.apache.logging.log4j.simple.SimpleLoggerContextFactory -Dlog4j2.simplelogLevel=OFF ${MEDROUTE_JAVA_OPTS:-})
  program=(-cp "$jar:$target/lib/*:$target/spark/jars/*" org.medroute.job.Main "${arguments[@]}")
  if [ "$archive" -nt "$jar" ]; then
    exec "${predict[@]}" "-XX:SharedArchiveFile=$archive" "${program[@]}"
  fi
  status=0
  "${predict[@]}" "-XX:ArchiveClassesAtExit=$archive.$$" "${program[@]}" || status=$?
  if [ $status = 0 ] && [ -s "$archive.$$" ]; then mv -f "$archive.$$" "$archive"; else rm -f "$archive.$$"; fi
  exit $status
fi

# ---- which Spark ----
submit=''
if [ -z "${MEDROUTE_EMBEDDED:-}" ]; then
  if [ -n "${SPARK_HOME:-}" ] && [ -x "$SPARK_HOME/bin/spark-submit" ]; then
    submit=$SPARK_HOME/bin/spark-submit
  elif command -v spark-submit >/dev/null 2>&1; then
    submit=$(command -v spark-submit)
  fi
fi
if [ -n "$submit" ]; then
  version=$("$submit" --version 2>&1 || true)
  case $version in
    *'version 4.1.'*) ;;
    *) fail 2 "$submit is not Spark 4.1 (it says: $(printf '%s' "$version" | grep -m1 -o 'version [0-9][^ ]*' || echo 'no version')). Set SPARK_HOME to a Spark 4.1 with Scala 2.13, or MEDROUTE_EMBEDDED=1 to use the embedded one" ;;
  esac
  case $version in
    *'Scala version 2.13'*) ;;
    *) fail 2 "$submit is not built with Scala 2.13 (it says: $(printf '%s' "$version" | grep -m1 -o 'Scala version [0-9.]*' || echo 'no Scala version')). Set SPARK_HOME to a Spark 4.1 with Scala 2.13, or MEDROUTE_EMBEDDED=1 to use the embedded one" ;;
  esac
  [ -n "$master" ] || master=${MASTER:-local[*]}
else
  [ -n "$master" ] || master='local[*]'
fi

# ---- settings: conf/local.conf or conf/cluster.conf comes first, then what the user named ----
case $master in
  local*)
    [ "$mode" = client ] || fail 2 "--deploy-mode cluster needs a cluster: --master is $master"
    conf_files=("$home/conf/local.conf" "${conf_files[@]}")
    ;;
  *) conf_files=("$home/conf/cluster.conf" "${conf_files[@]}") ;;
esac
if [ "${arguments[0]}" = demo ]; then
  conf_files+=("$home/conf/demo.conf")
  cd "$home" # conf/demo.conf names the sample files from here
  [ -n "$warehouse" ] || rm -rf "$home/.medroute/demo"
fi
configuration=()
for file in "${conf_files[@]}"; do configuration+=(--conf-file "$file"); done

# ---- the command line of Spark ----
settings=(--master "$master" --deploy-mode "$mode" --class org.medroute.job.Main
  --conf spark.log.structuredLogging.enabled=false --conf "spark.driver.memory=${MEDROUTE_HEAP:-4g}")
commit=$(git -C "$home" rev-parse --short=12 HEAD 2>/dev/null || echo unknown)
driver_options="-Dfile.encoding=UTF-8 -Duser.timezone=UTC -Dmedroute.commit=$commit ${MEDROUTE_JAVA_OPTS:-}"
if [ "$mode" = client ]; then
  driver_options="$log_options $driver_options"
else # a driver on the cluster logs to its own standard error, where Spark's pages show it
  settings+=(--driver-java-options "$driver_options")
fi
if [ -n "$submit" ]; then
  [ "$mode" = cluster ] || settings+=(--driver-java-options "$driver_options")
  command=("$submit" "${settings[@]}" --jars "$library_list")
else
  export SPARK_HOME=$target/spark SPARK_SCALA_VERSION=2.13
  case $master in
    local*) export SPARK_LOCAL_IP=${SPARK_LOCAL_IP:-127.0.0.1} ;;
    *) settings+=(--jars "$library_list") ;;
  esac
  # shellcheck disable=SC2206 # options are words
  jvm_options=(-XX:+UseParallelGC $opens $log_options $driver_options)
  command=("$java" "-Xmx${MEDROUTE_HEAP:-4g}" "${jvm_options[@]}"
    -cp "$target/spark/jars/*:$target/lib/*" org.apache.spark.deploy.SparkSubmit "${settings[@]}")
fi
if [ "$mode" = client ]; then
  exec "${command[@]}" "$jar" "${arguments[@]}" "${configuration[@]}" # signals reach the driver itself
fi

# ---- cluster mode: check here, run there, wait, then ask the runs table how it ended ----
if [ -z "$run_id" ]; then
  run_id=$(date -u +%Y%m%dT%H%M%SZ)-${arguments[0]}-$(od -An -N3 -tx1 /dev/urandom | tr -d ' ')
  arguments+=(--run-id "$run_id")
fi
# the driver sees no file of this machine: its settings travel in the command, after a check of all of them
checked=$("${plain_java[@]}" "${arguments[@]}" "${configuration[@]}" --portable) || {
  status=$?
  [ -z "$checked" ] || printf '%s\n' "$checked"
  exit $status
}
"${command[@]}" --conf spark.standalone.submit.waitAppCompletion=true \
  "$jar" "${arguments[@]}" --conf-text "$checked" >&2 || true
query="SELECT job, outcome, run_id, model_version, counts, equations, message, seconds, exit_code FROM runs WHERE run_id = '$run_id'"
row=$("$home/submit.sh" sql "$query" --format json --master 'local[1]' --conf-text "$checked" | grep -m1 '"exit_code"' || true)
[ -n "$row" ] || fail 1 "the driver of run $run_id left no row in the runs table: look at its log on the cluster"
code=$(printf '%s' "$row" | sed 's/.*"exit_code" *: *\([0-9]*\).*/\1/')
outcome=$(printf '%s' "$row" | sed 's/.*"outcome":"\([a-z]*\)".*/\1/')
message=$(printf '%s' "$row" | sed -n 's/.*"message":"\(\([^"\\]\|\\.\)*\)".*/: \1/p')
printf 'medroute: run %s %s%b\n' "$run_id" "$outcome" "$message" >&2
[ $json = 0 ] || printf '%s\n' "$row"
exit "$code"
}
