#!/usr/bin/env bash
# For a scheduler that can only call an address (a hosted cron, a worker): what an org may ask for
# itself, with the key of one of its admins. One line a job; every answer is 200 and says how much
# was changed, and asking again is harmless.
#
#   DAYBOOK_URL=https://books.example.org DAYBOOK_KEY=dbk_… deploy/cron/hosted.sh email-scan
set -euo pipefail

case "${1:-}" in
    cleanup | email-scan) path=/v1/admin/$1 ;;
    retention-cleanup) path=/v1/admin/retention/cleanup ;;
    status) method=GET path=/v1/admin/jobs/status ;;
    *)
        echo "usage: hosted.sh cleanup|email-scan|retention-cleanup|status" >&2
        exit 64
        ;;
esac
: "${DAYBOOK_URL:?the address of the service}" "${DAYBOOK_KEY:?a key of an admin}"

# The key comes by a file descriptor: it must not stand in the list of processes.
exec curl --fail-with-body --silent --show-error --max-time 60 --retry 3 \
    --request "${method:-POST}" --header @<(printf 'Authorization: Bearer %s\n' "$DAYBOOK_KEY") \
    "$DAYBOOK_URL$path"
