# What README.md shows is executed: every command of its block marked `console`, in order, in an empty
# directory. A line that is no command ("$ …") is output, and must stand in what the command before it
# printed.

test_readme_example_works() {
  extract_commands "$QUARRYMARK_ROOT/README.md" >commands.txt
  [[ -s commands.txt ]] || fail_test "README.md has no block marked console"
  run_commands commands.txt
}

extract_commands() { sed -n '/^```console$/,/^```$/p' "$1" | sed '/^```/d'; }

# Commands start with "$ "; here-documents run on until their mark, as in a shell.
run_commands() {
  local line command="" mark=""
  mkdir bin example
  ln -sf -- "$QUARRYMARK" bin/quarrymark
  while IFS= read -r line; do
    if [[ -n "$mark" ]]; then
      command+=$'\n'"$line"
      [[ "$line" == "$mark" ]] || continue
      mark=""
    elif [[ "$line" == '$ '* ]]; then
      command="${line#\$ }"
      if [[ "$command" =~ \<\<\'?([A-Z]+)\'? ]]; then mark="${BASH_REMATCH[1]}"; continue; fi
    elif [[ -z "$line" || "$line" == '#'* ]]; then
      continue
    else
      expect_out "$line"
      continue
    fi
    run_one "$command"
  done <"$1"
  [[ -z "$mark" ]] || fail_test "README.md: the example ends before $mark"
}

run_one() {
  code=0
  (cd example && PATH="${PWD%/example}/bin:$PATH" bash -euo pipefail -c "$1") >out.txt 2>err.txt </dev/null || code=$?
  out="$(cat out.txt)"
  err="$(cat err.txt)"
  ((code == 0)) || fail_test "README.md: this command failed: $1"
}
