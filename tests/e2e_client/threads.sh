#!/usr/bin/env bash
# Two people at two screens talk in a thread through a real server; server and one client are killed in between.
#   threads.sh WARDROOMD WARDROOMCTL WARDROOM PICTURES
# Promises: a reply goes into its thread and reaches whoever follows it; one that is written while the server is away is
# delivered exactly once, into its thread; a draft of the thread is there after a kill.
set -euo pipefail

. "$(dirname "$0")/harness.sh"

thread_has() { call message.thread "{\"room\":1,\"root\":$root}" | grep -qF "$1"; }
# The newest message is chosen, and its thread opened.
open_thread() {
  press "$1" ctrl+Up
  press "$1" ctrl+t
}

type_text lena "Who brings the cake tomorrow?"
press lena Return
wait_for 60 "the server has the question" history_has "Who brings the cake tomorrow?"
wait_for 60 "tomasz has the question" cached tomasz "Who brings the cake tomorrow?"
root=$(call message.history '{"room":1,"limit":200}' | grep -o '"seq":[0-9]*[^}]*"text":"Who brings the cake tomorrow?"' |
  grep -o '^"seq":[0-9]*' | cut -d: -f2)
open_thread tomasz
type_text tomasz "I can, if nobody else does"
press tomasz Return
wait_for 60 "the server has the reply in the thread" thread_has "I can, if nobody else does"
wait_for 60 "lena has the reply" cached lena "I can, if nobody else does"
picture "reply"
open_thread lena
type_text lena "Great, I bring the plates"
press lena Return
wait_for 60 "tomasz has the answer" cached tomasz "Great, I bring the plates"
picture "talking-in-a-thread"

kill -9 "$server"
wait "$server" 2>/dev/null || true
type_text lena "And the forks, written while the server was away"
press lena Return
wait_for 60 "the outbox has it" cached lena "And the forks, written while the server was away"
type_text lena "Half a thought"
wait_for 60 "the draft is kept" cached lena "Half a thought"
# The client dies, too, before anything could be sent.
kill -9 "${client[lena]}"
wait "${client[lena]}" 2>/dev/null || true
wait_for 30 "the killed client's window is gone" no_window_of lena
start_client lena
wait_for 30 "the first screen of lena" painted lena
picture "thread-offline-again"
start_server
wait_for 120 "it is delivered into the thread" thread_has "And the forks, written while the server was away"
wait_for 120 "tomasz has it" cached tomasz "And the forks, written while the server was away"
open_thread lena
picture "thread-delivered"
press lena Return
wait_for 60 "the draft was there, and is sent" thread_has "Half a thought"
for text in "I can, if nobody else does" "Great, I bring the plates" "And the forks, written while the server was away" \
  "Half a thought"; do
  test "$(times_in_history "$text")" -eq 1
  thread_has "$text"
done
echo "Two people talked in a thread; nothing was lost or doubled. Pictures: $pictures"
