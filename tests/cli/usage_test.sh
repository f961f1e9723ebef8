# Help, version, and command lines that are wrong.

test_help_lists_every_command() {
  local command
  quarrymark --help
  expect_code 0
  expect_quiet_err
  for command in init record registrar trust device label item passport contract log key erase note proof witness monitor demo; do
    expect_out "$command"
  done
  expect_out "Exit codes"
}

test_every_command_explains_itself() {
  local command
  for command in init record "label make" "label read" "item show" "item trace" "item recall" "item stock" "item remaining" fsck "passport export" \
    "passport withhold" "passport preview" "passport seal" "passport open" "passport verify" "passport html" \
    "passport pdf" "passport clear" "registrar admit" "registrar revoke" "registrar show" "trust make" "trust show" \
    "device enrol" "device withdraw" "device show" "key show" "key rotate" "key reader" erase "contract check" \
    "log verify" "log checkpoint" "log recover" "log export" "log prove" "note verify" "proof verify" "witness init" \
    "witness add" "witness cosign" "witness status" "monitor init" "monitor follow" "monitor clear" "monitor status" demo; do
    # shellcheck disable=SC2086  # two words are two arguments
    quarrymark $command --help
    expect_code 0
    expect_quiet_err
    expect_out "--json"
  done
}

test_version_is_one_line() {
  quarrymark --version
  expect_code 0
  [[ "$out" =~ ^quarrymark\ [0-9]+\.[0-9]+\.[0-9]+$ ]] || fail_test "expected quarrymark and a version"
}

test_unknown_command_is_a_usage_error_that_suggests_another() {
  quarrymark recrod
  expect_code 2
  expect_err "recrod"
  expect_err "record"
}

test_unknown_option_is_a_usage_error() {
  quarrymark record --dir ledger --lgo quarry events.ndjson
  expect_code 2
  expect_err "--lgo"
}

test_missing_argument_is_a_usage_error() {
  quarrymark passport verify
  expect_code 2
}

test_wrong_values_on_the_command_line_are_usage_errors() {
  quarrymark contract check --contract c.json --trust t.json --date 2025-13-01 p.json
  expect_code 2
  expect_err "2025-13-01"
  quarrymark label make --blank 1 -o label.gif
  expect_code 2
  expect_err "label.gif"
  quarrymark label make --blank 0 -o label.png
  expect_code 2
  quarrymark record --dir nowhere
  expect_code 2
  expect_err "FILE"
  quarrymark init ledger --name "Hill Quarry" --role quarrier --country BE
  expect_code 2
  expect_err "--role"
  expect_err "quarrier"
  [[ ! -e ledger ]] || fail_test "something was made"
}

test_without_arguments_there_is_a_short_help() {
  quarrymark
  expect_code 0
  expect_out "quarrymark demo"
  expect_quiet_err
}

test_output_that_cannot_be_written_is_a_failure() {
  code=0
  "$QUARRYMARK" --help >/dev/full 2>err.txt || code=$?
  out="" err="$(cat err.txt)"
  expect_one_clear_line 1 "standard output"
}

test_host_of_labels_comes_from_the_environment() {
  QUARRYMARK_LABEL_HOST=register.example quarrymark label make --blank 1 -o label.png
  expect_code 0
  expect_out "HTTPS://REGISTER.EXAMPLE/Q/"
}
