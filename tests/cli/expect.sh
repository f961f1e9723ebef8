# What the tests of the command are written with. Sourced by tests/cli/run, which sets QUARRYMARK (the
# binary) and QUARRYMARK_ROOT (the project) and changes to an empty directory.

# quarrymark ARGUMENTS…: runs the binary, keeps its outputs in out and err and its exit code in code.
out=""
err=""
code=0
quarrymark() {
  code=0
  "$QUARRYMARK" "$@" >out.txt 2>err.txt || code=$?
  out="$(cat out.txt)"
  err="$(cat err.txt)"
}

fail_test() {
  printf '%s\n' "$*"
  printf 'exit code %s\nstandard output:\n%.2000s\nstandard error:\n%.2000s\n' "$code" "$out" "$err"
  exit 1
}
skip_test() {
  printf '%s\n' "$*"
  exit 77
}

expect_code() { [[ "$code" == "$1" ]] || fail_test "expected exit code $1, got $code"; }
expect_out() { [[ "$out" == *"$1"* ]] || fail_test "expected on the standard output: $1"; }
expect_not_out() { [[ "$out" != *"$1"* ]] || fail_test "not expected on the standard output: $1"; }
expect_err() { [[ "$err" == *"$1"* ]] || fail_test "expected on the standard error: $1"; }
expect_quiet_err() { [[ -z "$err" ]] || fail_test "expected nothing on the standard error"; }

# Bad input: the exit code, one line, and each of the words in it.
expect_one_clear_line() {
  local word
  expect_code "$1"
  shift
  [[ -n "$err" ]] || fail_test "expected one line on the standard error, got none"
  [[ "$(wc -l <err.txt)" -le 1 ]] || fail_test "expected one line on the standard error"
  for word in "$@"; do expect_err "$word"; done
}

# json FILTER: a value out of the standard output, by a Python expression over `value`.
json() {
  /usr/bin/python3 -c 'import json, sys
value = json.load(open("out.txt", encoding="utf-8"))
result = eval(sys.argv[1], {"value": value})
print(result if isinstance(result, str) else json.dumps(result))' "$1" || fail_test "the standard output is no JSON with $1"
}
expect_json() {
  local got
  got="$(json "$1")"
  [[ "$got" == "$2" ]] || fail_test "expected $1 to be $2, got $got"
}
