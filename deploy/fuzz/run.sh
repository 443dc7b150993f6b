#!/usr/bin/env bash
# Throws bytes at everything that reads what comes from outside: libFuzzer, with the targets of
# fuzz/ and what they demand (fuzz/README.md). One finding ends it with an error, and says how to
# see it again.
#
#   FUZZ_SECONDS   for each target (default 10)
#   FUZZ_TARGETS   which of them, separated by spaces (default: all)
#   FUZZ_SEED      repeats a run; it is printed (default: chance)
#   FUZZ_CORPUS    a folder that keeps what was found worth keeping (default: in the target
#                  folder); the seeds in the source are only read
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$(cd -- "$here/../.." && pwd)
target=$(cd -- "$root" && mkdir -p "${CARGO_TARGET_DIR:-target}" && cd "${CARGO_TARGET_DIR:-target}" && pwd)/fuzz
seconds=${FUZZ_SECONDS:-10}
seed=${FUZZ_SEED:-$((RANDOM * 32768 + RANDOM + 1))}
corpus=${FUZZ_CORPUS:-$target/corpus}
# No sanitizer: our own code is safe Rust, and the stable compiler has none. Assertions and the
# checks of arithmetic are on.
build=(--fuzz-dir "$root/fuzz" --target-dir "$target" --sanitizer none)

fail() {
    echo "fuzz: FAILED: $*" >&2
    exit 1
}

cd -- "$root"
# cargo-fuzz would quietly write another lock file.
cargo metadata --locked --format-version 1 --manifest-path fuzz/Cargo.toml >/dev/null \
    || fail "fuzz/Cargo.lock is behind: cargo metadata --manifest-path fuzz/Cargo.toml >/dev/null"
cargo fuzz build "${build[@]}"
programs=$target/$(rustc -vV | sed -n 's/^host: //p')/release

read -ra targets <<<"${FUZZ_TARGETS:-$(cd fuzz/fuzz_targets && printf '%s ' *.rs | sed 's/\.rs//g')}"
for name in "${targets[@]}"; do
    program=$programs/$name
    [ -x "$program" ] || fail "there is no target $name"
    seeds=fuzz/seeds/$name
    # The golden files of events are seeds, too.
    if [ "$name" = event ]; then seeds=schema/events; fi
    mkdir -p "$corpus/$name" "$target/findings/$name"
    log=$target/$name.log
    begun=$SECONDS
    # Not more than a minute beyond its time, whatever it hangs in.
    if ! timeout "$((seconds + 60))" "$program" "$corpus/$name" "$seeds" -seed="$seed" \
        -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
        -artifact_prefix="$target/findings/$name/" -print_final_stats=1 >"$log" 2>&1; then
        tail -40 "$log" >&2
        finding=$(sed -n 's/.*Test unit written to //p' "$log" | tail -1)
        echo "again: $program ${finding:-$corpus/$name}" >&2
        fail "$name, seed $seed"
    fi
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    kept=$(find "$corpus/$name" -type f | wc -l)
    echo "fuzz: $name held in $((SECONDS - begun)) s: $runs inputs, $kept worth keeping"
done
echo "fuzz: nothing found in ${#targets[@]} targets (seed $seed)"
