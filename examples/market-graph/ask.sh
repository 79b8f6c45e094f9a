#!/usr/bin/env bash
# Simulated exchange → graph in a SQLite file → questions. Leaves the file's place on its last line.
set -euo pipefail

example=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
streamforge=${STREAMFORGE:-$example/../../streamforge}
work=${1:-$(mktemp -d)}
mkdir -p "$work"
cd "$work"
trap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT

fail() {
    echo "$*" >&2
    exit 1
}

ready() { # waits for the line of $1 that begins with $2 and prints what follows it
    for _ in $(seq 1200); do
        if grep -q "^$2" "$1"; then
            sed -n "s/^$2 *//p" "$1" | head -n 1
            return
        fi
        kill -0 "$3" 2>/dev/null || fail "$(cat "$1")"
        sleep 0.1
    done
    fail "no answer: $(cat "$1")"
}

"$streamforge" simulate --port 0 >exchange.log 2>&1 &
exchange=$(ready exchange.log 'simulated exchange is ready at' $!)
"$streamforge" server --data "$work/server" --port 0 >server.log 2>&1 &
server=$(ready server.log 'StreamForge is ready at' $!)
api=${server%/}/api/v1

ask() {
    curl -fsS -H "Authorization: Bearer $(cat "$work/server/admin-token")" "$@"
}

ask -o posted.json -H 'Content-Type: application/yaml' --data-binary @"$example/workflow.yaml" "$api/workflows?set=base_url=$exchange"
for _ in $(seq 600); do
    runs=$(ask "$api/workflows/market-graph/runs")
    case $runs in
    *'"state":"completed"'*) break ;;
    *'"state":"failed"'*) fail "$runs" ;;
    esac
    sleep 0.2
done

question() {
    echo
    echo "$1"
    ask "$api/graphs/market-graph/$2"
    echo
}

question 'What does USDT quote?' 'vertices/asset:USDT/neighbours?label=quotes'
question 'What is two edges away from SOL?' 'vertices/asset:SOL/neighbours?depth=2'
question 'How do SOL and LTC hang together?' 'path?from=asset:SOL&to=asset:LTC'
question 'What moves with BTCUSDT?' 'vertices/symbol:BTCUSDT/neighbours?label=correlates'
echo
echo "the graph is in $work/market-graph.db"
