#!/usr/bin/env bash
# Two people at two screens talk through a real server; the server is killed and comes back.
#   two_clients.sh WARDROOMD WARDROOMCTL WARDROOM PICTURES
# Promises: what one types, or changes, the other gets; what is typed while the server is away is delivered exactly once;
# what was on the screen is there after a kill of the client.
set -euo pipefail

. "$(dirname "$0")/harness.sh"

type_text lena "Build 7.0.3 is on the test machines"
press lena Return
wait_for 60 "the server has lena's message" history_has "Build 7.0.3 is on the test machines"
wait_for 60 "tomasz has lena's message" cached tomasz "Build 7.0.3 is on the test machines"
type_text tomasz "The import works, @lena: thank you"
press tomasz Return
wait_for 60 "lena has tomasz's message" cached lena "The import works, @lena: thank you"
picture "talking"
# Up takes the last message back into the composer.
press lena Up
press lena ctrl+a
type_text lena "Build 7.0.4 is on the test machines"
press lena Return
wait_for 60 "the server has the change" history_has "Build 7.0.4 is on the test machines"
wait_for 60 "tomasz has the change" cached tomasz "Build 7.0.4 is on the test machines"

kill -9 "$server"
wait "$server" 2>/dev/null || true
type_text lena "Written while the server was away"
press lena Return
wait_for 60 "the outbox has it" cached lena "Written while the server was away"
picture "offline"
# The client dies, too, before anything could be sent.
kill -9 "${client[lena]}"
wait "${client[lena]}" 2>/dev/null || true
wait_for 30 "the killed client's window is gone" no_window_of lena
start_client lena
wait_for 30 "the first screen of lena" painted lena
picture "offline-again"
start_server
wait_for 120 "it is delivered" history_has "Written while the server was away"
wait_for 120 "tomasz has it" cached tomasz "Written while the server was away"
picture "delivered"
test "$(times_in_history "Written while the server was away")" -eq 1
test "$(times_in_history "Build 7.0.4 is on the test machines")" -eq 1
test "$(times_in_history "Build 7.0.3 is on the test machines")" -eq 0
echo "Two people talked; nothing was lost or doubled. Pictures: $pictures"
