#!/bin/sh
# Step 10: removes old files from the folder that web and the workers share.
#
#   MUSIC_FOLDER       the folder, an absolute path; /data by default
#   RETENTION_MINUTES  removes finished files that are older; 480 (8 hours) by default
#   LEFTOVER_MINUTES   removes unfinished conversions without any newer file; 1440 (a day) by default
#   QUOTA_MEGABYTES    the maximum total size of finished files, in MiB, above which the oldest are removed; unlimited by default
#
# It removes only finished files directly in the folder, and the leftovers of dead workers in its subfolder "work", where each
# attempt has a folder <uuid>.<number>. It prints one line about what it has removed, if anything, and another about what it has
# removed early because of the quota.
# It never follows symbolic links. Names go from find to a command as arguments and are never parsed, so they may contain any
# character. It works with busybox and the GNU tools, and concurrent runs do no harm.
set -euf
export LC_ALL=C # in UTF-8, GNU find's * does not match invalid names

# find_finished EXPRESSION...: finds finished files. For a further format add -o -name '*.<extension>' within the parentheses.
find_finished() {
  find . -mindepth 1 -maxdepth 1 -type f '(' -name '*.mp3' -o -name '*.m4a' -o -name '*.opus' -o -name '*.zip' ')' "$@"
}

refuse() {
  printf 'cleanup: %s\n' "$1" >&2
  exit 2
}

# 9999999 minutes are 19 years and 9999999 MiB are 9 TiB: the arithmetic below cannot overflow
whole_number() {
  case $2 in
    '' | 0* | *[!0-9]* | ????????*) refuse "$1 must be a whole number of $3 from 1 to 9999999" ;;
  esac
}

folder=${MUSIC_FOLDER-/data}
retention=${RETENTION_MINUTES-480}
leftover=${LEFTOVER_MINUTES-1440}
quota=${QUOTA_MEGABYTES-}
whole_number RETENTION_MINUTES "$retention" minutes
whole_number LEFTOVER_MINUTES "$leftover" minutes
[ -z "$quota" ] || whole_number QUOTA_MEGABYTES "$quota" MiB
case $folder in
  /*) ;;
  '') refuse 'MUSIC_FOLDER is empty' ;;
  *) refuse 'MUSIC_FOLDER must be an absolute path' ;;
esac
cd -P -- "$folder" 2>/dev/null || refuse 'MUSIC_FOLDER is not an accessible folder'
[ "$(pwd -P)" != / ] || refuse 'MUSIC_FOLDER must not be /'
if ! [ -r . ] || ! [ -w . ]; then
  refuse "MUSIC_FOLDER cannot be read and written by user $(id -u):$(id -g), or is read-only; it belongs to $(stat -c %u:%g .)"
fi

# The two programs below remove one item each. They print its kind and KiB only if they have removed it themselves: of two
# concurrent runs, rm and rmdir succeed for one.

# Arguments: the file, its kind to print, and optionally its modification time, without which it is kept
# shellcheck disable=SC2016 # expanded by the shell that find starts
remove_finished='
  [ -z "$3" ] || [ "$(stat -c %Y "$1")" = "$3" ] || exit
  kib=$(du -sk "$1" 2>/dev/null)
  if rm "$1" </dev/null 2>/dev/null; then
    echo "$2 ${kib%%[!0-9]*}"
  elif [ -e "$1" ]; then
    echo stuck
  fi'

# Arguments: the folder, and the minutes for which it is kept after its newest change
# shellcheck disable=SC2016
remove_leftover='
  newer=$(find "$1" ! -mmin "+$2" 2>/dev/null) || exit
  [ -z "$newer" ] || exit
  kib=$(du -sk "$1" 2>/dev/null)
  find "$1" -mindepth 1 -maxdepth 1 -exec rm -rf "{"} + 2>/dev/null # quoted, since the outer find replaces each {}
  if rmdir "$1" 2>/dev/null; then
    echo "leftover ${kib%%[!0-9]*}"
  elif [ -e "$1" ]; then
    echo stuck
  fi'

hex4='[0-9a-f][0-9a-f][0-9a-f][0-9a-f]'
attempt="$hex4$hex4-$hex4-$hex4-$hex4-$hex4$hex4$hex4.[0-9]*"
{
  # find fails if a concurrent run removes a file first
  find_finished -mmin "+$retention" -exec sh -c "$remove_finished" sh {} expired "" \; || :
  if [ -d work ] && [ ! -L work ]; then
    find ./work -mindepth 1 -maxdepth 1 -type d -name "$attempt" ! -name '*.*[!0-9]*' \
      -exec sh -c "$remove_leftover" sh {} "$leftover" \; || :
  fi
  if [ -n "$quota" ]; then
    # Keeps the newest files that fit. Only numbers are parsed: find gets the name again by the inode.
    kept=0
    find_finished -exec stat -c '%Y %s %i' {} + | sort -rn \
      | while read -r changed bytes inode; do
        kept=$((kept + bytes))
        [ "$kept" -le $((quota * 1048576)) ] \
          || find_finished -inum "$inode" -exec sh -c "$remove_finished" sh {} early "$changed" \; || :
      done || :
  fi
} 2>/dev/null | {
  expired=0 leftovers=0 early=0 stuck=0 freed=0 freed_early=0
  while read -r kind kib; do
    case $kind in
      expired) expired=$((expired + 1)) ;;
      leftover) leftovers=$((leftovers + 1)) ;;
      early) early=$((early + 1)) freed_early=$((freed_early + ${kib:-0})) kib=0 ;;
      stuck) stuck=$((stuck + 1)) ;;
    esac
    freed=$((freed + ${kib:-0}))
  done
  [ $((expired + leftovers)) -eq 0 ] \
    || echo "cleanup: removed $expired file(s) and $leftovers unfinished conversion(s), $freed KiB"
  [ "$early" -eq 0 ] \
    || echo "cleanup: removed $early file(s) before their time, $freed_early KiB: more than QUOTA_MEGABYTES=$quota"
  [ "$stuck" -eq 0 ] || refuse "$stuck thing(s) could not be removed"
}
