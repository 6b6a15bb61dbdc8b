#!/bin/sh
# Whether a message is ours: verify.sh SECRET ID TIMESTAMP SIGNATURES < BODY
set -eu
key=$(printf %s "${1#whsec_}" | base64 -d | od -An -v -tx1 | tr -d ' \n')
expected=v1,$({ printf '%s.%s.' "$2" "$3"; cat; } | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | base64)
now=$(date +%s)
[ $((now - $3)) -lt 300 ] && [ $(($3 - now)) -lt 300 ] || { echo 'too old' && exit 1; }
for signature in $4; do [ "$signature" = "$expected" ] && echo genuine && exit 0; done
echo forged && exit 1
