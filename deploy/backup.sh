#!/usr/bin/env bash
# Backs a database up: pg_dump's custom format, without --create.
#
#   DATABASE_URL=postgresql://… deploy/backup.sh FILE          somebody's PostgreSQL, as its owner
#   daybook database exec -- deploy/backup.sh FILE             the private one
#
# Writes FILE and FILE.sha256, and FILE.uploads.tar.gz when ORDER_UPLOAD_ROOT is a folder. The
# master key is not in it (deploy/runbooks/keys.md), and neither is the list of erased people,
# which must be kept apart (deploy/runbooks/backup-and-restore.md).
set -euo pipefail
umask 077

if [ "$#" -ne 1 ]; then
    echo "usage: backup.sh FILE" >&2
    exit 64
fi
file=$1
for taken in "$file" "$file.sha256" "$file.uploads.tar.gz"; do
    if [ -e "$taken" ]; then
        echo "backup.sh: $taken exists already" >&2
        exit 1
    fi
done

# Without DATABASE_URL the variables of PostgreSQL's own programs (PGHOST, …) say where.
target=()
if [ -n "${DATABASE_URL:-}" ]; then
    target=(--dbname="$DATABASE_URL")
elif [ -z "${PGDATABASE:-}" ]; then
    echo "backup.sh: set DATABASE_URL, or run it with: daybook database exec -- $0 $file" >&2
    exit 1
fi

trap 'rm -f -- "$file.part" "$file.uploads.part"' EXIT
pg_dump --format=custom --file="$file.part" ${target[@]+"${target[@]}"}
# A dump that cannot be listed cannot be restored.
pg_restore --list "$file.part" >/dev/null
if [ -n "${ORDER_UPLOAD_ROOT:-}" ] && [ -d "$ORDER_UPLOAD_ROOT" ]; then
    tar --create --gzip --file="$file.uploads.part" --directory="$ORDER_UPLOAD_ROOT" .
    mv -- "$file.uploads.part" "$file.uploads.tar.gz"
fi
sum=$(sha256sum <"$file.part")
echo "${sum%% *}" >"$file.sha256"
# Last, so that a file with this name is a whole backup.
mv -- "$file.part" "$file"
echo "backed up into $file"
