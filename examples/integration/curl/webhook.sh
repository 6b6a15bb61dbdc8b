#!/bin/sh
# Has messages sent to an address, and prints the endpoint with its secret: webhook.sh https://oa.example.org/xingshen
set -eu
url=${XINGSHEN_URL:-http://127.0.0.1:8787}
curl --silent --show-error --fail-with-body ${XINGSHEN_KEY:+--oauth2-bearer "$XINGSHEN_KEY"} \
  -H 'Content-Type: application/json' -d "{\"url\":\"$1\",\"events\":[\"review.done\",\"review.failed\"]}" "$url/v1/webhooks"
