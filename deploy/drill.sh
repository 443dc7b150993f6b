#!/usr/bin/env bash
# The restore drill: backs up, restores into a new private PostgreSQL, erases again whoever was
# erased since, proves the log, works every read model out anew and compares. The live database
# is only read. Any difference ends it with an error.
#
#   deploy/drill.sh              backs the live database up first
#   deploy/drill.sh FILE         drills with a backup that was kept (FILE.heads is used if it is
#                                there: what `daybook verify` printed when it was made)
#
# The live database is the one that the environment names, as for `daybook` itself; for somebody's
# PostgreSQL also DATABASE_URL, for pg_dump. ERASURES is the list that was kept outside the
# backups; without it the live database is asked. DRILL_FOLDER keeps what was restored, otherwise
# it is removed. DAYBOOK is the program.
set -euo pipefail
umask 077

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
export DAYBOOK=${DAYBOOK:-daybook}
live_data=${DAYBOOK_DATA:-.daybook}

step() { echo "drill: $*"; }

fail() {
    echo "drill: FAILED: $*" >&2
    exit 1
}

# Not the owner's address: the program would refuse it.
live() { env --unset=DATABASE_URL "$DAYBOOK" "$@"; }

if [ -n "${DRILL_FOLDER:-}" ]; then
    folder=$DRILL_FOLDER
    [ ! -e "$folder/data" ] || fail "$folder/data exists already"
    mkdir --parents -- "$folder"
else
    folder=$(mktemp --directory /tmp/daybook-drill.XXXXXX)
    trap 'rm -rf -- "$folder"' EXIT
fi
# PostgreSQL's own account must be able to pass through.
chmod 0711 "$folder"
fresh="$folder/data"
mkdir --mode=0711 "$fresh"

restored() {
    env --unset=DATABASE_URL --unset=DAYBOOK_APP_DATABASE_URL --unset=DAYBOOK_WRITER_DATABASE_URL \
        --unset=DAYBOOK_RELAY_DATABASE_URL --unset=ORDER_UPLOAD_ROOT DAYBOOK_DATA="$fresh" \
        "$DAYBOOK" "$@"
}

if [ "$#" -ge 1 ]; then
    file=$1
else
    file="$folder/backup"
    step "noting the heads of the live logs"
    # 3: sound, and nobody has given a head to compare with.
    live verify >"$file.heads" || [ "$?" -eq 3 ]
    step "backing up"
    if [ -n "${DATABASE_URL:-}" ]; then
        "$here/backup.sh" "$file"
    else
        "$DAYBOOK" database exec -- "$here/backup.sh" "$file"
    fi
fi

if [ -n "${ERASURES:-}" ]; then
    erasures=$ERASURES
else
    step "asking the live database who was erased"
    erasures="$folder/erasures.jsonl"
    live erasures list >"$erasures"
fi

if [ -z "${ENCRYPTION_KEY:-}" ]; then
    mkdir "$fresh/keys"
    cp -- "$live_data/keys/master.key" "$fresh/keys/master.key"
fi
step "restoring into $fresh"
restored database exec -- "$here/restore.sh" "$file"
restored migrate | tail --lines=1

step "erasing again"
restored erasures apply "$erasures"
again=$(restored erasures apply "$erasures")
[[ "$again" == *", 0 erased again" ]] || fail "somebody is back: $again"

step "proving the log"
heads=()
if [ -e "$file.heads" ]; then
    while read -r org head; do
        heads+=(--expect-head "$org/$head")
    done < <(sed -n 's/^org \([^:]*\): sound.* head \([0-9]*:[0-9a-f]*\)$/\1 \2/p' "$file.heads")
fi
if [ "${#heads[@]}" -gt 0 ]; then
    restored verify "${heads[@]}"
else
    restored verify || [ "$?" -eq 3 ]
fi

step "working read models out anew and comparing"
rebuilt=$(restored rebuild --all)
echo "$rebuilt"
grep --quiet --extended-regexp '^compared +[1-9][0-9]* with the live ones, 0 differences$' <<<"$rebuilt" ||
    fail "read models differ from the log"
step "passed"
