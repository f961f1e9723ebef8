# What the scripts share: where the project is, how steps are shown, how many jobs to run.
# Sourced, never run. Sets `root` and changes to it, so that every script works from anywhere.

script="$(realpath -- "$0")"
root="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd -P)"
caller_directory="$PWD"
cd -- "$root"

started_at=$SECONDS

step() { printf '== %s\n' "$*"; }
note() { printf '   %s\n' "$*"; }
# One line on why nothing more happens; exit code as in DESIGN §12 of the command line: 1 failure, 2 usage.
die() {
  printf '%s: %s\n' "$(basename -- "$0")" "$*" >&2
  exit 1
}
usage_error() {
  printf '%s: %s\nTry: scripts/%s --help\n' "$(basename -- "$0")" "$*" "$(basename -- "$0")" >&2
  exit 2
}
# The comment block at the head of the calling script is its help text.
show_help() { sed -n '2,/^[^#]/{/^#/s/^# \{0,1\}//p}' "$script"; }

took() {
  local seconds=$((SECONDS - started_at))
  if ((seconds < 60)); then printf '%d s' "$seconds"; else printf '%d min %02d s' $((seconds / 60)) $((seconds % 60)); fi
}

# As many compilers as there are processors, but no more than one for each gigabyte of memory.
job_count() {
  local processors memory
  processors="$(nproc)"
  memory="$(awk '/^MemTotal:/ {print int($2 / 1048576)}' /proc/meminfo)"
  if ((memory < 1)); then memory=1; fi
  if ((processors < memory)); then echo "$processors"; else echo "$memory"; fi
}

# build_target PRESET [TARGET…]: everything when no target is named.
build_target() {
  local preset="$1"
  shift
  local target arguments=()
  for target in "$@"; do arguments+=(--target "$target"); done
  NINJA_STATUS='   [%f/%t, %es] ' cmake --build --preset "$preset" -j "$(job_count)" "${arguments[@]}"
}
