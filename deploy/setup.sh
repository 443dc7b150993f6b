#!/usr/bin/env bash
# Installs what building, running and testing Daybook need, and only what is missing.
set -euo pipefail

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        echo "needs root or sudo to run: $*" >&2
        exit 1
    fi
}

has_postgresql() {
    local folder
    for folder in ${PATH//:/ } /usr/lib/postgresql/*/bin; do
        if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && [ -x "$folder/postgres" ]; then
            return 0
        fi
    done
    return 1
}

install_packages() {
    if ! command -v apt-get >/dev/null; then
        echo "please install: $*" >&2
        exit 1
    fi
    # Debian would make and start a cluster of its own; we want the programs alone.
    local settings=/etc/postgresql-common/createcluster.conf
    if [ ! -e "$settings" ]; then
        as_root mkdir -p "${settings%/*}"
        echo 'create_main_cluster = false' | as_root tee "$settings" >/dev/null
    fi
    as_root apt-get update --quiet
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install --quiet --yes \
        --no-install-recommends -o Dpkg::Options::=--force-confold "$@"
}

# Debian's package would start a server; its one program is all we want of it.
install_promtool() {
    if ! command -v apt-get >/dev/null; then
        echo "please install promtool, of Prometheus" >&2
        exit 1
    fi
    local folder
    folder=$(mktemp -d)
    as_root apt-get update --quiet
    # (apt fetches as a user of its own, who may not write here.)
    (cd "$folder" && apt-get download --quiet -o APT::Sandbox::User=root prometheus)
    dpkg-deb --extract "$folder"/prometheus_*.deb "$folder/files"
    as_root install -m 0755 "$folder/files/usr/bin/promtool" /usr/local/bin/promtool
    rm -rf "$folder"
}

if [ "${1:-}" = "--alerts" ]; then
    command -v promtool >/dev/null || install_promtool
    exit 0
fi

missing=()
has_postgresql || missing+=(postgresql)
command -v cc >/dev/null || missing+=(gcc libc6-dev)
# libFuzzer is C++.
if [ "${1:-}" = "--fuzz" ] && ! command -v c++ >/dev/null; then
    missing+=(g++)
fi
# The console is tested in a real browser.
if [ "$#" -eq 0 ]; then
    { command -v chromium && command -v chromedriver; } >/dev/null \
        || missing+=(chromium chromium-driver)
fi
if [ "${1:-}" = "--conform" ] && ! python3 -c 'import ensurepip' 2>/dev/null; then
    missing+=(python3 python3-venv)
fi
# A peer that is measured links OpenSSL.
if [ "${1:-}" = "--peers" ] && ! pkg-config --exists openssl 2>/dev/null; then
    missing+=(pkg-config libssl-dev)
fi
if [ "${#missing[@]}" -gt 0 ]; then
    install_packages "${missing[@]}"
fi

if ! command -v cargo >/dev/null; then
    echo "Rust is missing: install it from https://rustup.rs" >&2
    exit 1
fi
if ! cargo fmt --version >/dev/null 2>&1 || ! cargo clippy --version >/dev/null 2>&1; then
    rustup component add rustfmt clippy
fi
if [ "$#" -eq 0 ] && ! command -v cargo-deny >/dev/null; then
    cargo install --locked cargo-deny
fi
if [ "${1:-}" = "--fuzz" ] && ! cargo fuzz --version >/dev/null 2>&1; then
    cargo install --locked --version 0.13.2 cargo-fuzz
fi
