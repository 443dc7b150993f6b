#!/usr/bin/env bash
# Asks the running service everything that its own OpenAPI document says can be asked, with
# schemathesis: values the document allows, and values it forbids. Any answer of 5xx, any status,
# header, content type or body that the document does not name ends it with an error.
#
#   CONFORM_EXAMPLES   invented requests for each operation, beside those of the document's own
#                      edges (default 15)
#   CONFORM_SEED       repeats a run; it is printed (default: chance)
#   CONFORM_MINUTES    what all of it may take at most (default 15)
#   CONFORM_REPORTS    a folder that keeps every exchange (NDJSON); otherwise nothing is kept
#   DAYBOOK            the program (default: built)
#
# The service is `daybook demo` with a short history, in a data folder and on a port of its own.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$(cd -- "$here/../.." && pwd)
target=$(cd -- "$root" && mkdir -p "${CARGO_TARGET_DIR:-target}" && cd "${CARGO_TARGET_DIR:-target}" && pwd)
examples=${CONFORM_EXAMPLES:-15}
seed=${CONFORM_SEED:-$((RANDOM * 32768 + RANDOM))}
ends_at=$((SECONDS + ${CONFORM_MINUTES:-15} * 60))

fail() {
    echo "conform: FAILED: $*" >&2
    exit 1
}

# Python's packages are kept apart from the system's, and made again when the list changes.
python=$target/conform/bin/python
if ! cmp --silent "$here/requirements.txt" "$target/conform/requirements.txt"; then
    python3 -m venv --clear "$target/conform"
    "$python" -m pip install --quiet --disable-pip-version-check \
        --requirement "$here/requirements.txt"
    cp "$here/requirements.txt" "$target/conform/requirements.txt"
fi

if [ -z "${DAYBOOK:-}" ]; then
    (cd "$root" && cargo build --locked --package daybook)
    DAYBOOK=$target/debug/daybook
fi

folder=$(mktemp --directory /tmp/daybook-conform.XXXXXX)
# PostgreSQL's own account must be able to pass through.
chmod 0711 "$folder"
service=
finish() {
    if [ -n "$service" ] && kill "$service" 2>/dev/null; then
        wait "$service" || true
    fi
    rm -rf -- "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM

operator=$("$python" -c 'import secrets; print(secrets.token_urlsafe(32))')
# No jobs of its own while it is asked, and no limit on how often.
env --unset=DATABASE_URL DAYBOOK_DATA="$folder/data" DAYBOOK_LISTEN=127.0.0.1:0 \
    DAYBOOK_OPERATOR_TOKEN="$operator" DAYBOOK_SCHEDULER=false DAYBOOK_LOG=warn \
    RATE_LIMIT_PER_MINUTE=1000000 "$DAYBOOK" demo --months 2 >"$folder/service.log" 2>&1 &
service=$!

if ! "$python" "$here/prepare.py" "$folder" "$service"; then
    tail -20 "$folder/service.log" >&2
    fail "the service did not start"
fi
url=$(<"$folder/url")

# pass NAME KEY SCHEMATHESIS_OPTIONS…: one run of schemathesis with one credential.
pass() {
    local name=$1 key=$2 report=()
    shift 2
    if [ -n "${CONFORM_REPORTS:-}" ]; then
        mkdir -p "$CONFORM_REPORTS"
        report=(--report ndjson --report-ndjson-path "$CONFORM_REPORTS/$name.ndjson")
    fi
    echo "conform: $name (seed $seed, $examples examples)"
    (cd "$folder" && SCHEMATHESIS_HOOKS=hooks PYTHONPATH="$here" PYTHONDONTWRITEBYTECODE=1 \
        timeout "$((ends_at - SECONDS))" "${python%/*}/schemathesis" \
        --config-file "$here/schemathesis.toml" run openapi.json --url "$url" --header "Authorization: Bearer $key" --seed "$seed" \
        --max-examples "$examples" "${report[@]}" "$@") || fail "$name, seed $seed"
    kill -0 "$service" || fail "the service has ended"
}

# What takes away the ground the rest stands on comes last, each with a credential that nothing
# after it needs: an org that is cancelled, paused or has closed its months refuses commands, a
# revoked key everything, and the operator may close every org.
last='^post_v1_billing_(account_cancel|pause)|^post_v1_admin_periods__period__'
keys='^(delete|post)_v1_admin_keys__key_id_'
operators='_v1_admin_orgs'
pass main "$(<"$folder/owner.0")" --exclude-operation-id-regex "$last|$keys|$operators"
pass last "$(<"$folder/owner.1")" --include-operation-id-regex "$last"
pass keys "$(<"$folder/owner.2")" --include-operation-id-regex "$keys"
pass operator "$operator" --include-operation-id-regex "$operators"

if grep --ignore-case --quiet 'panicked' "$folder/service.log"; then
    grep --ignore-case 'panicked' "$folder/service.log" >&2
    fail "the service has panicked"
fi
echo "conform: everything answered as documented, in $SECONDS s (seed $seed)"
