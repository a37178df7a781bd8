#!/usr/bin/env bash
# prepare.sh <directory>: puts DynamoDB Local in it, and a Java runtime of the modules that it needs. Takes Maven and a JDK.
set -euo pipefail
cd "$(dirname "$0")"
into=$1
# Java's programs end here before its best compiler has earned what it costs.
export JAVA_TOOL_OPTIONS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"

mvn --batch-mode --quiet dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$into/DynamoDBLocal_lib"

# What `-jar DynamoDBLocal.jar` starts: the program's own jar asks for its libraries under other names than Maven gives them.
{
  echo 'Main-Class: software.amazon.dynamodb.services.local.main.ServerRunner'
  echo 'Class-Path: .'
  for jar in "$into"/DynamoDBLocal_lib/*.jar; do echo "  DynamoDBLocal_lib/${jar##*/}"; done
} >"$into/manifest"
jar --create --file "$into/DynamoDBLocal.jar" --manifest "$into/manifest"

modules=java.base,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.security.jgss,java.sql,java.xml
jlink --add-modules "$modules,jdk.crypto.ec,jdk.unsupported" --strip-debug --no-header-files --no-man-pages --output "$into/jre"
# Java's own classes, laid out as it has them in memory: it starts faster.
JAVA_TOOL_OPTIONS= "$into/jre/bin/java" -Xshare:dump >"$into/share.log"
