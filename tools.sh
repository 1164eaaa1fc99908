# shellcheck shell=sh
# Functions that install what ./start and ./verify need. Both source this file.

say() { printf '%s\n' "$*"; }
have() { command -v "$1" >/dev/null 2>&1; }
fail() { say "$*" >&2; exit 1; }

# as_root COMMAND...: runs the command as root; fails if that needs a password
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif have sudo && sudo -n true 2>/dev/null; then sudo -n "$@"
  else return 1
  fi
}

# install PACKAGE: installs the package with the system's package manager, quietly
install() {
  if have apt-get; then
    [ -n "${apt_updated:-}" ] || { as_root apt-get -q update >/dev/null 2>&1; apt_updated=yes; }
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends "$1" >/dev/null 2>&1
  elif have dnf; then as_root dnf -q -y install "$1" >/dev/null 2>&1
  elif have pacman; then as_root pacman -Sq --noconfirm "$1" >/dev/null 2>&1
  elif have apk; then as_root apk add -q "$1" >/dev/null 2>&1
  elif have brew; then brew install -q "$1" >/dev/null 2>&1
  else return 1
  fi
}

# get COMMAND PACKAGE: installs the package unless the command exists; fails if it still does not
get() {
  have "$1" && return
  say "Installing $2 ..."
  install "$2" || true
  have "$1"
}

# need COMMAND PACKAGE: like get, but exits with a message if the command is missing
need() {
  get "$1" "$2" || fail "$1 is missing, and this user may not install it. Install the package $2 with your system's package manager, then try again."
}

# need_java: requires a JDK, version 17 or newer; sets java
need_java() {
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  have "$java" || fail 'Java is missing. Install a JDK, version 17 or newer, then try again.'
  java_version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p')
  case $java_version in
    1.* | '') java_version=8 ;;
  esac
  [ "$java_version" -ge 17 ] || fail "Java $java_version is too old. Install a JDK, version 17 or newer, then try again."
  have "${java}c" || fail 'The Java compiler is missing. Install a JDK, version 17 or newer, then try again.'
}

# need_redis: requires redis-server. Debian's package of that name would start a service; redis-tools contains the same program as
# redis-check-rdb, which acts as a server under the name redis-server.
need_redis() {
  if ! have redis-server && have apt-get; then
    need redis-check-rdb redis-tools
    mkdir -p target/programs
    ln -sf "$(command -v redis-check-rdb)" target/programs/redis-server
    PATH=$PWD/target/programs:$PATH
    export PATH
  fi
  need redis-server redis
}
