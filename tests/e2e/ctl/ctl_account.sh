#!/usr/bin/env bash
# One's own account from a shell: second factor, recovery codes, password, sessions.
# shellcheck source=harness.sh
. "$(dirname "$0")/harness.sh"

# The authenticator app: RFC 6238 in a few lines of another language. The step after the one that was used last is
# good already, so nobody waits for it.
app_code() {
  python3 - "$1" "$2" <<'PYTHON'
import base64, hashlib, hmac, struct, sys, time
secret, ahead = sys.argv[1], int(sys.argv[2])
key = base64.b32decode(secret + "=" * (-len(secret) % 8))
mac = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + ahead), hashlib.sha1).digest()
at = mac[-1] & 15
print("%06d" % ((struct.unpack(">I", mac[at:at + 4])[0] & 0x7FFFFFFF) % 1000000))
PYTHON
}

make_server
set_up_lena
shows 'Second factor: off' ctl account show

# The second factor: begun, turned on, asked for.
refused 1 'current password is wrong' ctl account totp-begin --password-stdin <<<"not the password"
shows 'otpauth://totp/Walk:lena\?secret=' ctl account totp-begin --password-stdin <<<"$password"
grep -q '[▀▄█]' "$place/out" || fail "there is no QR code"
secret=$(ctl --json account totp-begin --password-stdin <<<"$password" | python3 -c 'import json, sys; print(json.load(sys.stdin)["secret"])')
refused 1 'code is wrong' ctl account totp-confirm 000000
ctl --json account totp-confirm "$(app_code "$secret" 0)" >"$place/recovery"
recovery=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["recovery_codes"][0])' "$place/recovery")
shows 'Second factor: on, 10 recovery codes left' ctl account show

login() { ctl --profile again login "localhost:$port" --fingerprint "$fingerprint" --user lena --password-stdin "$@"; }
refused 2 '--code-stdin' login <<<"$password"
code=$(app_code "$secret" 1)
shows 'as lena' login --code-stdin <<<"$password
$code"
# The very same code once more: one asked for again may already be the next step's, which is good.
refused 1 'code is wrong' login --code-stdin <<<"$password
$code"
shows 'as lena' login --code-stdin <<<"$password
$recovery"
refused 1 'code is wrong' login --code-stdin <<<"$password
$recovery"
shows 'on, 9 recovery codes left' ctl account show

# Sessions: seen, ended.
shows 'this one' ctl account sessions
[ "$(ctl --json account sessions | python3 -c 'import json, sys; print(len(json.load(sys.stdin)["sessions"]))')" = 3 ] || fail "not three sessions"
refused 2 'Name a session' ctl account revoke
shows '2 sessions ended' ctl account revoke --others
refused 1 'session is over' ctl --profile again account show

# A new password, with both in the order that is asked for.
refused 1 'another password' ctl account password --password-stdin <<<"$password
$password"
shows 'password is changed' ctl account password --password-stdin <<<"$password
a quite different one"

# What somebody lost, an administrator takes away; one's own takes password and code.
link=$(ctl user add mia 2>/dev/null)
shows 'as mia' ctl --profile mia login "$link" --password-stdin <<<"$password"
refused 1 'no second factor' ctl user remove-totp mia --reason 'a test'
mias=$(ctl --json --profile mia account totp-begin --password-stdin <<<"$password" | python3 -c 'import json, sys; print(json.load(sys.stdin)["secret"])')
shows 'second factor is on' ctl --profile mia account totp-confirm "$(app_code "$mias" 0)"
shows 'mia signs in with the password alone' ctl user remove-totp mia --reason 'lost the phone'
recovery=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["recovery_codes"][1])' "$place/recovery")
shows 'second factor is off' ctl account totp-remove --password-stdin <<<"a quite different one
$recovery"

[ "$(stat -c %a "$XDG_CONFIG_HOME/wardroom/device-key")" = 600 ] || fail "others may read the device's key"
for hidden in "$secret" "$mias" "$recovery" "$(cat "$XDG_CONFIG_HOME/wardroom/device-key")"; do
  for file in "$place/server.log" "$data/wardroom.db" "$data/wardroom.db-wal"; do
    ! grep -qaF "$hidden" "$file" 2>/dev/null || fail "a secret stands in $file"
  done
done
stop_server
