# Help, version, and command lines that are wrong.

test_help_lists_every_command() {
  local command
  quarrymark --help
  expect_code 0
  expect_quiet_err
  for command in init record label item passport contract log demo; do expect_out "$command"; done
  expect_out "Exit codes"
}

test_every_command_explains_itself() {
  local command
  for command in init record "label make" "label read" "item show" "item trace" "passport export" \
    "passport withhold" "passport verify" "contract check" "log verify" "log checkpoint" demo; do
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
