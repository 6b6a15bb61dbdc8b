#!/bin/sh
# Prints how a review goes on until it is finished: watch.sh REVIEW_ID
set -eu
url=${XINGSHEN_URL:-http://127.0.0.1:8787}
curl --silent --show-error --fail-with-body --no-buffer ${XINGSHEN_KEY:+--oauth2-bearer "$XINGSHEN_KEY"} "$url/v1/reviews/$1/events"
