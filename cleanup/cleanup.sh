#!/bin/sh
# Step 10: removes what nobody needs any more from the folder that web and the workers share.
#
#   MUSIC_FOLDER       the folder, an absolute path; /data unless set
#   RETENTION_MINUTES  an MP3 goes when it is older than this; 480 (8 hours) unless set
#   LEFTOVER_MINUTES   an unfinished conversion goes when nothing in it is newer than this; 1440 (a day) unless set
#   QUOTA_MEGABYTES    what the MP3s may take together, in MiB: over it the oldest go first; empty or unset is no limit
#
# Two kinds of things go, and nothing else: regular files *.mp3 directly in the folder, and what a worker that died has
# left below the folder's "work", a folder <uuid>.<number> an attempt. One line says what was removed, if anything was,
# and a second one what went early because of the quota.
# Symbolic links are never followed. Names are handed from find to a command and never read from text, so they may hold
# any character. Runs with busybox as with the GNU tools, and twice at a time without harm.
set -euf
export LC_ALL=C # else GNU find's * does not match names that are no UTF-8

refuse() {
  printf 'cleanup: %s\n' "$1" >&2
  exit 2
}

# 9999999 minutes are 19 years, as many MiB 9 TiB: nothing overflows
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
cd -P -- "$folder" 2>/dev/null || refuse 'MUSIC_FOLDER is no folder that can be entered'
[ "$(pwd -P)" != / ] || refuse 'MUSIC_FOLDER must not be /'
if ! [ -r . ] || ! [ -w . ]; then refuse 'MUSIC_FOLDER cannot be read and written'; fi

# The two below run for one thing each, and say its kind and KiB only if they removed it themselves: rm and rmdir
# succeed for one of two that try at the same time.

# $2 is its kind; with $3, it must still be the file that was last changed then
# shellcheck disable=SC2016 # a program for the shell that find starts
remove_mp3='
  [ -z "$3" ] || [ "$(stat -c %Y "$1")" = "$3" ] || exit
  kib=$(du -sk "$1" 2>/dev/null)
  if rm "$1" </dev/null 2>/dev/null; then
    echo "$2 ${kib%%[!0-9]*}"
  elif [ -e "$1" ]; then
    echo stuck
  fi'

# shellcheck disable=SC2016
remove_leftover='
  newer=$(find "$1" ! -mmin "+$2" 2>/dev/null) || exit
  [ -z "$newer" ] || exit
  kib=$(du -sk "$1" 2>/dev/null)
  find "$1" -mindepth 1 -maxdepth 1 -exec rm -rf "{"} + 2>/dev/null # quoted: the outer find fills in each {}
  if rmdir "$1" 2>/dev/null; then
    echo "leftover ${kib%%[!0-9]*}"
  elif [ -e "$1" ]; then
    echo stuck
  fi'

hex4='[0-9a-f][0-9a-f][0-9a-f][0-9a-f]'
attempt="$hex4$hex4-$hex4-$hex4-$hex4-$hex4$hex4$hex4.[0-9]*"
{
  # find complains and fails if another run was faster
  find . -mindepth 1 -maxdepth 1 -type f -name '*.mp3' -mmin "+$retention" \
    -exec sh -c "$remove_mp3" sh {} mp3 "" \; || :
  if [ -d work ] && [ ! -L work ]; then
    find ./work -mindepth 1 -maxdepth 1 -type d -name "$attempt" ! -name '*.*[!0-9]*' \
      -exec sh -c "$remove_leftover" sh {} "$leftover" \; || :
  fi
  if [ -n "$quota" ]; then
    # Newest first, they stay as long as they fit. Only numbers are read as text: by its inode find has the name again.
    kept=0
    find . -mindepth 1 -maxdepth 1 -type f -name '*.mp3' -exec stat -c '%Y %s %i' {} + | sort -rn \
      | while read -r changed bytes inode; do
        kept=$((kept + bytes))
        [ "$kept" -le $((quota * 1048576)) ] \
          || find . -mindepth 1 -maxdepth 1 -type f -name '*.mp3' -inum "$inode" \
            -exec sh -c "$remove_mp3" sh {} early "$changed" \; || :
      done || :
  fi
} 2>/dev/null | {
  mp3=0 leftovers=0 early=0 stuck=0 freed=0 freed_early=0
  while read -r kind kib; do
    case $kind in
      mp3) mp3=$((mp3 + 1)) ;;
      leftover) leftovers=$((leftovers + 1)) ;;
      early) early=$((early + 1)) freed_early=$((freed_early + ${kib:-0})) kib=0 ;;
      stuck) stuck=$((stuck + 1)) ;;
    esac
    freed=$((freed + ${kib:-0}))
  done
  [ $((mp3 + leftovers)) -eq 0 ] \
    || echo "cleanup: removed $mp3 MP3(s) and $leftovers unfinished conversion(s), $freed KiB"
  [ "$early" -eq 0 ] \
    || echo "cleanup: removed $early MP3(s) before their time, $freed_early KiB: more than QUOTA_MEGABYTES=$quota"
  [ "$stuck" -eq 0 ] || refuse "$stuck thing(s) could not be removed"
}
