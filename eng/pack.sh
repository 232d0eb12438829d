#!/usr/bin/env bash
# Packs what a project made by the templates needs, and the templates, into a folder that can be named as a package source.
#
#   eng/pack.sh FOLDER [VERSION]
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
folder=$(realpath -m "${1:?usage: eng/pack.sh FOLDER [VERSION]}")
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1

# Each of these is built once, with all that it needs.
for project in src/Nats.Consumer.Testing templates; do
  dotnet build "$root/$project" -c Release -v quiet -p:UseSharedCompilation=true # whatever the machine's settings say: it takes half the time
done
for project in src/Nats.Consumer.{Client,InMemory,Analyzers.CodeFixes,Runtime,Testing} templates; do
  dotnet pack "$root/$project" -c Release --no-build -v quiet ${2:+-p:PackageVersion="$2"} -o "$folder"
done
