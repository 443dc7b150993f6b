#!/usr/bin/env bash
# Restores a backup into an empty database.
#
#   DATABASE_URL=postgresql://… deploy/restore.sh FILE         somebody's PostgreSQL, as its owner
#   daybook database exec -- deploy/restore.sh FILE            the private one of a new data folder
#
# Refuses a database that holds anything, a file that is not as it was written, and a schema that
# the program (DAYBOOK, default: daybook) is too old for. A dump made with --create is refused
# unless ALLOW_CREATE_IN_DUMP=1; then the database it names is made, and DATABASE_URL is where to
# connect first. Afterwards, always:
#
#   daybook erasures apply LIST && daybook verify && daybook rebuild --all
set -euo pipefail

fail() {
    echo "restore.sh: $*" >&2
    exit 1
}

if [ "$#" -ne 1 ]; then
    echo "usage: restore.sh FILE" >&2
    exit 64
fi
file=$1
daybook=${DAYBOOK:-daybook}
[ -r "$file" ] || fail "cannot read $file"

target=()
if [ -n "${DATABASE_URL:-}" ]; then
    target=(--dbname="$DATABASE_URL")
elif [ -z "${PGDATABASE:-}" ]; then
    fail "set DATABASE_URL, or run it with: daybook database exec -- $0 $file"
else
    target=(--dbname="$PGDATABASE")
fi
ask() {
    psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 "${target[@]}" "$@"
}

if [ -e "$file.sha256" ]; then
    sum=$(sha256sum <"$file")
    [ "${sum%% *}" = "$(cat "$file.sha256")" ] || fail "$file is not as it was written (sha256)"
fi

# Custom format says so in its first bytes; anything else is SQL.
if [ "$(head --bytes=5 "$file")" = PGDMP ]; then
    custom=yes
    history=$(pg_restore --data-only --table=refinery_schema_history --file=- "$file")
else
    custom=no
    history=$(sed -n '/^COPY public.refinery_schema_history /,/^\\\.$/p' "$file")
    if grep --quiet '^CREATE DATABASE ' "$file" && [ "${ALLOW_CREATE_IN_DUMP:-}" != 1 ]; then
        fail "$file makes a database of its own: set ALLOW_CREATE_IN_DUMP=1 if that is meant"
    fi
fi

held=$(awk -F'\t' '/^[0-9]+\t/ && $1 + 0 > most { most = $1 + 0 } END { print most + 0 }' <<<"$history")
known=$("$daybook" database version)
[ "$held" -gt 0 ] || fail "$file holds no schema of Daybook"
[ "$held" -le "$known" ] || fail "$file is at schema $held and this program knows $known: use a newer one"

if [ "${ALLOW_CREATE_IN_DUMP:-}" != 1 ]; then
    count=$(ask --command="
        select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname not in ('pg_catalog', 'information_schema') and n.nspname !~ '^pg_'")
    [ "$count" = 0 ] || fail "the database is not empty ($count objects): restore into a new one"
fi

# Roles belong to the server and are in no dump; `daybook migrate` gives them their passwords.
# The same as schema/migrations/V001__create_roles.sql.
ask >/dev/null <<'SQL'
do $$
begin
    if not exists (select from pg_roles where rolname = 'daybook_app') then
        create role daybook_app login noinherit;
    end if;
    if not exists (select from pg_roles where rolname = 'daybook_writer') then
        create role daybook_writer login noinherit;
    end if;
    if not exists (select from pg_roles where rolname = 'daybook_relay') then
        create role daybook_relay login noinherit bypassrls;
    end if;
end
$$;
SQL

if [ "$custom" = yes ]; then
    if [ "${ALLOW_CREATE_IN_DUMP:-}" = 1 ]; then
        pg_restore --exit-on-error --no-owner --create "${target[@]}" "$file"
    else
        pg_restore --exit-on-error --no-owner --single-transaction "${target[@]}" "$file"
    fi
else
    psql --no-psqlrc --quiet --output=/dev/null --set=ON_ERROR_STOP=1 "${target[@]}" --file="$file"
fi

if [ "${ALLOW_CREATE_IN_DUMP:-}" != 1 ]; then
    # Rights on the database itself are in a dump only together with its making.
    ask >/dev/null <<'SQL'
do $$
begin
    execute format('revoke all on database %I from public', current_database());
    execute format(
        'grant connect on database %I to daybook_app, daybook_writer, daybook_relay',
        current_database()
    );
end
$$;
SQL
    found=$(ask --command="select max(version) from refinery_schema_history")
    [ "$found" = "$held" ] || fail "the schema should be at $held and is at $found"
    ask --command="analyze"
fi

if [ -e "$file.uploads.tar.gz" ]; then
    if [ -z "${ORDER_UPLOAD_ROOT:-}" ]; then
        echo "restore.sh: $file.uploads.tar.gz was left alone: set ORDER_UPLOAD_ROOT to unpack it" >&2
    else
        mkdir --parents "$ORDER_UPLOAD_ROOT"
        [ -z "$(ls --almost-all "$ORDER_UPLOAD_ROOT")" ] || fail "$ORDER_UPLOAD_ROOT is not empty"
        tar --extract --gzip --file="$file.uploads.tar.gz" --directory="$ORDER_UPLOAD_ROOT"
    fi
fi

echo "restored $file at schema $held (this program needs $known)"
if [ "$held" -lt "$known" ]; then
    echo "next: daybook migrate"
fi
