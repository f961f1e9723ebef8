# Bad input: one clear line, exit code 1, and a log that is as it was.

make_ledger() {
  quarrymark init ledger --name "Stone Register" --role registrar --country BE
  expect_code 0
  cat >good.ndjson <<'EOF'
{"type": "acquire", "key": "a", "outputs": [{"kind": "block", "aliases": ["B-1"], "measure": {"mass": 9000000}}], "fields": {"stone": {"name": "Some granite", "family": "granite"}, "source": {"seller": "Yard", "words": "from the north"}}}
{"type": "acquire", "key": "b", "outputs": [{"kind": "batch", "amount": 100, "unit": "piece", "aliases": ["T-1"], "measure": {"size": [600, 400, 60]}}], "fields": {"stone": {"name": "Some granite", "family": "granite"}, "source": {"seller": "Yard", "words": "from the north"}}}
EOF
  quarrymark record --dir ledger good.ndjson
  expect_code 0
  checkpoint_before
}
checkpoint_before() {
  quarrymark log checkpoint --dir ledger
  expect_code 0
  before="$out"
}

# refused FILE WORD…: recording FILE fails with one line that holds these words.
refused() {
  local file="$1"
  shift
  quarrymark record --dir ledger "$file"
  expect_one_clear_line 1 "$@"
  log_is_unchanged
}
log_is_unchanged() {
  local kept_out="$out" kept_err="$err" kept_code="$code"
  quarrymark log checkpoint --dir ledger
  [[ "$out" == "$before" ]] || fail_test "the log changed; before: $before"
  out="$kept_out" err="$kept_err" code="$kept_code"
}

test_truncated_json_is_refused() {
  make_ledger
  printf '{"type": "acquire", "outputs": [{"kind": "blo' >bad.ndjson
  refused bad.ndjson "bad.ndjson" "line 1"
}

test_bad_last_line_leaves_the_lines_before_unrecorded() {
  make_ledger
  { sed 's/"key": "a"/"key": "c"/; s/B-1/B-2/' good.ndjson | head -n 1; echo '{"type": "acquire"'; } >bad.ndjson
  refused bad.ndjson "line 2"
}

test_unknown_field_is_refused() {
  make_ledger
  sed 's/"fields": {/"fields": {"colour": {"text": "blue"}, /; s/"key": "."/"key": "x"/' good.ndjson | head -n 1 >bad.ndjson
  refused bad.ndjson "line 1" "colour"
}

test_unknown_member_is_refused() {
  make_ledger
  sed 's/"key": "a"/"colour": "blue"/' good.ndjson | head -n 1 >bad.ndjson
  refused bad.ndjson "line 1" "colour"
}

test_wrong_unit_is_refused() {
  make_ledger
  sed 's/"unit": "piece"/"unit": "inch"/; s/"key": "."/"key": "x"/' good.ndjson | tail -n 1 >bad.ndjson
  refused bad.ndjson "line 1" "unit" "inch"
}

test_repeated_member_is_refused() {
  make_ledger
  echo '{"type": "acquire", "type": "split"}' >bad.ndjson
  refused bad.ndjson "line 1" "type" "twice"
}

test_key_with_other_content_is_refused() {
  make_ledger
  sed 's/9000000/9100000/' good.ndjson | head -n 1 >bad.ndjson
  refused bad.ndjson "line 1" "key"
}

test_same_key_and_content_gives_the_first_receipt() {
  make_ledger
  quarrymark record --dir ledger --json good.ndjson
  expect_code 0
  log_is_unchanged
}

test_nesting_100000_deep_is_refused() {
  make_ledger
  { printf '{"type": "acquire", "fields": {"remarks": '; head -c 100000 /dev/zero | tr '\0' '['
    head -c 100000 /dev/zero | tr '\0' ']'; printf '}}\n'; } >bad.ndjson
  refused bad.ndjson "line 1"
}

# Read without being held: two gigabytes of address space hold the program, not the line as well as its copies.
test_line_of_one_gigabyte_is_refused() {
  make_ledger
  code=0
  { printf '{"type": "'; head -c 1073741824 /dev/zero | tr '\0' 'x'; printf '"}\n'; } 2>/dev/null |
    (ulimit -v 2097152; "$QUARRYMARK" record --dir ledger - >out.txt 2>err.txt) || code=${PIPESTATUS[1]}
  out="$(cat out.txt)"
  err="$(cat err.txt)"
  expect_one_clear_line 1 "line 1"
  log_is_unchanged
}

test_state_spent_twice_is_refused() {
  make_ledger
  cat >once.ndjson <<'EOF'
{"type": "dispose", "inputs": ["B-1"], "fields": {"reason": {"text": "cracked"}}}
EOF
  quarrymark record --dir ledger once.ndjson
  expect_code 0
  checkpoint_before
  refused once.ndjson "line 1" "inputs[0]" "spent"
}

test_state_spent_twice_in_one_call_is_refused() {
  make_ledger
  cat >twice.ndjson <<'EOF'
{"type": "dispose", "inputs": ["B-1"], "fields": {"reason": {"text": "cracked"}}}
{"type": "dispose", "inputs": ["B-1"], "fields": {"reason": {"text": "cracked"}}}
EOF
  refused twice.ndjson "line 2" "inputs[0]" "spent"
}

test_more_drawn_than_held_is_refused() {
  make_ledger
  cat >bad.ndjson <<'EOF'
{"type": "pack", "inputs": ["T-1"], "outputs": [{"kind": "crate", "aliases": ["C-1"], "contents": [{"in": 0, "amount": 101}]}]}
EOF
  refused bad.ndjson "line 1" "101" "100"
}

test_what_another_log_holds_is_refused() {
  make_ledger
  quarrymark init ledger --name "Hill Quarry" --role "quarry operator" --country BE
  expect_code 0
  cat >bad.ndjson <<'EOF'
{"type": "dispose", "inputs": ["B-1"], "fields": {"reason": {"text": "not mine"}}}
EOF
  quarrymark record --dir ledger --log "Hill Quarry" bad.ndjson
  expect_one_clear_line 1 "line 1" "inputs[0]"
}

test_unknown_item_is_refused() {
  make_ledger
  echo '{"type": "dispose", "inputs": ["NO-SUCH"], "fields": {"reason": {"text": "lost"}}}' >bad.ndjson
  refused bad.ndjson "line 1" "inputs[0]" "NO-SUCH"
}

test_picture_without_a_code_is_said_to_have_none() {
  # A white PNG of 64 × 64 pixels.
  /usr/bin/python3 - <<'EOF'
import struct, zlib
def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
rows = (b"\0" + b"\xff" * 64) * 64
open("white.png", "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 0, 0, 0, 0))
                              + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
EOF
  quarrymark label read white.png
  expect_one_clear_line 1 "white.png" "no code"
}

test_file_that_is_no_picture_is_refused() {
  echo "not a picture" >text.png
  quarrymark label read text.png
  expect_one_clear_line 1 "text.png"
}

test_directory_that_is_no_ledger_is_refused_and_left_alone() {
  mkdir empty
  echo '{"type": "acquire"}' >event.ndjson
  quarrymark log checkpoint --dir empty
  expect_one_clear_line 1 "empty"
  quarrymark log verify --dir nowhere
  expect_one_clear_line 1 "nowhere"
  [[ -z "$(ls -A empty)" && ! -e nowhere ]] || fail_test "something was written"
}

test_ledger_that_is_open_elsewhere_is_refused() {
  make_ledger
  # Holds RocksDB's lock from outside, as another process with the ledger open would.
  /usr/bin/python3 - <<'EOF' &
import fcntl, time
lock = open("ledger/store/LOCK", "r+")
fcntl.lockf(lock, fcntl.LOCK_EX)
open("held", "w").close()
time.sleep(30)
EOF
  local holder=$!
  while [[ ! -e held ]]; do sleep 0.05; done
  quarrymark record --dir ledger good.ndjson
  kill "$holder"
  expect_one_clear_line 1 "ledger" "open"
}

# record --check: every line that is wrong, without a ledger.
test_check_lists_every_wrong_line_without_a_ledger() {
  make_ledger
  { cat good.ndjson
    echo '{"type": "acquire", "outputs": [{"kind": "brick"}], "fields": {"source": {"seller": "Yard"}}}'
    echo 'no object at all'
    echo '{"type": "melt"}'
    head -n 1 good.ndjson; } >mixed.ndjson
  quarrymark record --check mixed.ndjson
  expect_code 1
  [[ "$(wc -l <out.txt)" == 3 ]] || fail_test "expected three lines"
  expect_out "line 3: outputs[0].kind: expected one of block"
  expect_out "line 4: expected an object"
  expect_out "line 5: type: expected one of"
  expect_err "3 of 6 events wrong"
  quarrymark record --check --json mixed.ndjson
  expect_code 1
  expect_json 'value["events"]' 6
  expect_json '[(w["line"], w["field"]) for w in value["wrong"]]' '[[3, "outputs[0].kind"], [4, ""], [5, "type"]]'
  log_is_unchanged
}

test_check_of_what_is_right_is_quiet_and_says_nothing_of_names() {
  make_ledger
  quarrymark record --check --quiet good.ndjson
  expect_code 0
  [[ -z "$out$err" ]] || fail_test "expected nothing"
  echo '{"type": "dispose", "inputs": ["nobody knows this"], "fields": {"reason": {"text": "broke"}}}' | quarrymark record --check -
  expect_code 0
}

test_check_of_an_array_stops_where_it_cannot_go_on() {
  echo '[{"type": "melt"}, {"type": "site"} x]' >array.json
  quarrymark record --check --json array.json
  expect_code 1
  expect_json 'len(value["wrong"])' 3
}

test_check_of_nothing_is_refused_with_a_ledger_and_without() {
  : >empty.ndjson
  quarrymark record --check empty.ndjson
  expect_one_clear_line 1 "empty.ndjson" "at least one event"
  quarrymark record --check missing.ndjson
  expect_one_clear_line 1 "missing.ndjson"
  quarrymark record --check --dir ledger empty.ndjson
  expect_one_clear_line 1 "empty.ndjson" "at least one event"
  quarrymark record empty.ndjson
  expect_one_clear_line 2 "--dir"
}
