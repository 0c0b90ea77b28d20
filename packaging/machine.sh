# Sourced by what tries the packages in a machine with systemd: a minimal Debian 12 in systemd-nspawn. Needs root, debootstrap and
# systemd-container. WARDROOM_ROOT=DIR: a root that debootstrap has made before; it is changed. WARDROOM_READY=yes: a run has
# been there before, and nothing needs to be fetched.
# shellcheck shell=bash
root=${WARDROOM_ROOT:-}
data=/var/lib/wardroom
container='' leader='' lists='' work=$(mktemp -d)

clean_up() {
  local status=$? job
  set +e
  if [ -n "$leader" ]; then
    [ "$status" = 0 ] || here journalctl -u wardroomd -u wardroom-backup --no-pager -n 40
    # A program that still runs by nsenter is stopped at the shutdown, nsenter with it, and nobody reaps them: for ever.
    here sh -c '[ ! -s /run/holder ] || kill "$(cat /run/holder)"' 2>/dev/null
    for job in $(jobs -p); do  # with the nsenter below it; stopped ones, too
      [ "$job" = "$container" ] || { pkill -KILL -P "$job"; kill -KILL "$job"; } 2>/dev/null
    done
    kill -RTMIN+4 "$leader"  # systemd(1): powers off
    wait "$container"
  fi
  [ -n "${WARDROOM_ROOT:-}" ] || [ -z "$root" ] || rm -rf "$root"
  rm -rf "$work"
}
trap clean_up EXIT

step() { printf '\n== %s\n' "$*"; }
fail() { echo "FAILED: $*" >&2; exit 1; }
clean=(env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive)
# In the booted machine, as root.
here() { nsenter -t "$leader" -m -u -i -n -p -C -r -w -- "${clean[@]}" "$@"; }
as_user() { here runuser -u wardroom -- "$@"; }
in_root() { chroot "$root" "${clean[@]}" "$@"; }
await() { # await COMMAND…: within a minute
  local i
  for ((i = 0; i < 120; i++)); do
    if here "$@" >/dev/null 2>&1; then return; fi
    sleep 0.5
  done
  fail "never happened: $*"
}

# make_machine MIRROR [PACKAGE…]: a Debian without Wardroom, with Debian's packages that are named besides.
make_machine() {
  local mirror=$1
  shift
  if [ -z "$root" ]; then
    root=$(mktemp -d)
    chmod 755 "$root"  # it becomes the / of other users
    debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,curl bookworm "$root" "$mirror" >/dev/null
  fi
  printf '127.0.0.1 localhost\n::1 localhost\n' >"$root/etc/hosts"
  cp /etc/resolv.conf "$root/etc/"
  rm -rf "$root/packages" "$root$data" "$root/var/backups/wardroom"
  mkdir "$root/packages"
  [ $# = 0 ] || fetch "$@"
}

# fetch PACKAGE…: while the machine is off; booted, it has no network but its own.
fetch() {
  [ -z "${WARDROOM_READY:-}" ] || return 0
  { [ -n "$lists" ] || in_root apt-get update -q; } >"$work/install.log" 2>&1 && lists=read &&
    in_root apt-get install -y -q --no-install-recommends "$@" >>"$work/install.log" 2>&1 </dev/null ||
    { tail -n 20 "$work/install.log" >&2; fail "these can't be installed: $*"; }
}

# fetch_needs DEB…: what these need and recommend, as a person's apt would, without themselves.
fetch_needs() {
  local deb names=()
  rm -rf "$root/packages"
  mkdir "$root/packages"
  cp "$@" "$root/packages/"
  for deb in "$@"; do names+=("$(dpkg-deb -f "$deb" Package)"); done
  fetch --install-recommends $(cd "$root" && printf '%s\n' packages/*.deb | sed 's|^|/|')
  in_root dpkg --purge "${names[@]}" >/dev/null 2>&1 || true
  rm -rf "$root$data" "$root/var/backups/wardroom"
}

boot() {
  local i
  systemd-nspawn -q -D "$root" --private-network --register=no --keep-unit -b </dev/null >"$work/console.log" 2>&1 &
  container=$!
  # Its first child is another one, which makes the machine's namespaces and ends.
  for ((i = 0; i < 600; i++)); do
    leader=$(pgrep -P "$container" -x systemd) && break
    kill -0 "$container" 2>/dev/null || { cat "$work/console.log" >&2; fail "the machine can't be booted"; }
    sleep 0.1
  done
  [ -n "$leader" ] || fail "the machine doesn't boot"
  # "degraded" is as good: a minimal machine in a container lacks some units.
  await sh -c 'systemctl is-system-running | grep -qE "running|degraded"'
}
