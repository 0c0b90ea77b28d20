#!/usr/bin/env bash
# Installs the packages in a minimal Debian 12 of its own and lives their first day there. Needs root and debootstrap.
#   packaging/try-in-clean-root.sh build/packages [MIRROR]
set -euo pipefail

packages=$(realpath "${1:?name the folder with the packages}")
mirror=${2:-http://deb.debian.org/debian}
root=$(mktemp -d)
chmod 755 "$root"  # it becomes the / of other users
server=''

clean_up() {
  stop_server
  ! mountpoint -q "$root/proc" || umount "$root/proc"
  rm -rf "$root"
}
trap clean_up EXIT

# By the id that the server itself printed: between it and this script stand chroot and runuser.
stop_server() {
  [ -n "$server" ] || return 0
  kill "$server" 2>/dev/null || true
  wait
  server=''
}

step() { printf '\n== %s\n' "$*"; }
in_root() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive "$@"; }
as_user() { in_root runuser -u wardroom -- "$@"; }

step "A minimal Debian 12"
debootstrap --variant=minbase bookworm "$root" "$mirror" >/dev/null
cp /etc/resolv.conf "$root/etc/"
printf "127.0.0.1 localhost\n::1 localhost\n" >"$root/etc/hosts"  # the installer does this on a real machine
mount -t proc proc "$root/proc"

step "Install"
mkdir "$root/packages"
cp "$packages"/*.deb "$root/packages/"
in_root apt-get update -q >/dev/null
in_root sh -c 'apt-get install -y -q --no-install-recommends /packages/*.deb curl xvfb xauth libgl1-mesa-dri' >"$root/install.log" 2>&1 ||
  { tail -30 "$root/install.log"; exit 1; }
grep -q 'wardroomd init' "$root/install.log" || { echo "postinst doesn't say what is next"; exit 1; }
in_root wardroomd --version
in_root wardroomctl --version

step "An office, and its server"
as_user wardroomd init --data /var/lib/wardroom --host localhost --port 7443 --name "Clean root"
mkfifo "$root/ready"
as_user wardroomd run --data /var/lib/wardroom >"$root/ready" &
read -r -t 30 line <"$root/ready"
echo "$line"
[[ $line == ready\ *pid=* ]]
server=${line##*pid=}

step "The first administrator signs in"
password=$(head -c 18 /dev/urandom | base64)
printf "%s" "$password" | in_root wardroomctl setup --data /var/lib/wardroom --user lena --password-stdin
in_root wardroomctl rooms

step "The page for browsers"
if [ -e "$root/usr/share/wardroom/web/index.html" ]; then
  ask() { in_root curl -sS --fail --cacert /var/lib/wardroom/tls/ca.crt "$@"; }
  script=$(ask https://localhost:7443/ | grep -o '/assets/app-[A-Z0-9]*\.js')
  ask --compressed "https://localhost:7443$script" | cmp - "$root/usr/share/wardroom/web$script"
else
  echo "There is no package wardroom-web; nothing was looked at."
fi

step "The client and the console start on a display"
for program in wardroom wardroom-admin; do
  [ -x "$root/usr/bin/$program" ] || continue
  status=0
  in_root env HOME=/tmp LIBGL_ALWAYS_SOFTWARE=1 timeout 5 xvfb-run -a "$program" >"$root/$program.log" 2>&1 || status=$?
  # 124: it was still running when its time was over.
  [ "$status" = 124 ] || { echo "$program ended with $status"; cat "$root/$program.log"; exit 1; }
done

step "Stop and purge"
stop_server
in_root sh -c 'dpkg --purge $(dpkg-query -W -f "\${Package} " "wardroom*")' >/dev/null
[ -e "$root/var/lib/wardroom/wardroom.db" ] || { echo "the data went with the package"; exit 1; }

printf '\nThe packages work.\n'
