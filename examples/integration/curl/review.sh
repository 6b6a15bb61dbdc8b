#!/bin/sh
# Hands in a declaration and prints its report: review.sh FILE EXTERNAL_ID
set -eu
url=${XINGSHEN_URL:-http://127.0.0.1:8787}
call() { curl --silent --show-error ${XINGSHEN_KEY:+--oauth2-bearer "$XINGSHEN_KEY"} "$@"; }
answer=$(mktemp) && headers=$(mktemp) && trap 'rm -f "$answer" "$headers"' EXIT

# Sent again with the same key, as after a broken connection, this gives the same review and makes no second one.
status=$(call --retry 5 --retry-connrefused -o "$answer" -D "$headers" -w '%{http_code}' \
  -H "Idempotency-Key: declaration-$2" -F "file=@$1" -F "externalId=$2" "$url/v1/reviews")

# Errors are application/problem+json: a stable code for programs, a sentence for people.
case $status in
  201 | 202) location=$(sed -n 's/^[Ll]ocation: *\([^[:space:]]*\).*/\1/p' "$headers") ;;
  *) jq -r '"\(.code): \(.detail)"' "$answer" >&2 && exit 1 ;;
esac

# Waits until the review is finished, each time two minutes at most.
until call "$url$location?wait=120&findings=open" | tee "$answer" | jq -e '.status == "done" or .status == "failed"' > /dev/null; do :; done
jq -r '"\(.externalId) \(.status) \(.verdict // .problem.code)"' "$answer"
jq -r '(.findings // [])[] | "\(.status) \(.rule): \(.message)"' "$answer"

# The report as plain text; as HTML it is ready to print.
call -H 'Accept: text/plain' "$url$location/report"
