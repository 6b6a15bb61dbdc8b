#!/bin/sh
# Hands in files as one batch (a ZIP is opened), waits, and writes the results: batch.sh results.xlsx FILE…
set -eu
url=${XINGSHEN_URL:-http://127.0.0.1:8787}
results=$1 && shift
for file in "$@"; do set -- "$@" -F "file=@$file"; shift; done

call() { curl --silent --show-error --fail-with-body ${XINGSHEN_KEY:+--oauth2-bearer "$XINGSHEN_KEY"} "$@"; }

id=$(call "$@" "$url/v1/batches" | jq -r .id)
until batch=$(call "$url/v1/batches/$id") && [ "$(echo "$batch" | jq -r .status)" != running ]; do sleep 1; done
echo "$batch" | jq -r '.items[] | "\(.name) \(.verdict // .problem.code)"'
call -o "$results" "$url/v1/batches/$id/results"
