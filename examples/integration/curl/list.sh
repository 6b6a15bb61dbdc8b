#!/bin/sh
# Prints id and verdict of every review that fits: list.sh 'verdict=return&from=2025-03-01'
set -eu
url=${XINGSHEN_URL:-http://127.0.0.1:8787}
headers=$(mktemp) && trap 'rm -f "$headers"' EXIT

next="/v1/reviews?limit=50&${1:-}"
while [ -n "$next" ]; do
  curl --silent --show-error --fail-with-body ${XINGSHEN_KEY:+--oauth2-bearer "$XINGSHEN_KEY"} -D "$headers" "$url$next" |
    jq -r '.reviews[] | "\(.id) \(.verdict // .status)"'
  next=$(sed -n 's/^[Ll]ink: *<\([^>]*\)>; rel="next".*/\1/p' "$headers")
done
