# A chain over four nodes that exchange nothing but files: register, quarry, factory, city.

# vkey NODE: the key that `init` printed.
vkey() { sed -n 's/^vkey *//p' "$1.txt"; }

make_node() {
  quarrymark init "$1" --name "$2" --role "$3" --country "$4"
  expect_code 0
  cp out.txt "$1.txt"
}

# works ARGUMENTS…: the binary must succeed.
works() {
  quarrymark "$@"
  expect_code 0
}

make_nodes() {
  make_node register "Stone Register" registrar BE
  make_node quarry "Hill Quarry Ltd" "quarry operator" BE
  make_node factory "Cutting Works" factory BE
  make_node city "Example City" authority BE
  cat >contacts.json <<EOF
{"Hill Quarry Ltd": "$(vkey quarry)", "Cutting Works": "$(vkey factory)", "Example City": "$(vkey city)"}
EOF
  local node
  for node in register quarry factory city; do cp contacts.json "$node/contacts.json"; done
  cat >trust.json <<EOF
{"v": 1, "registrars": ["$(vkey register)"], "monitors": [], "verifiers": [], "pinned": [], "policy": ""}
EOF
}

admit_everybody() {
  cat >register.ndjson <<'EOF'
{"type": "site", "key": "hill", "fields": {"site": {"kind": "quarry", "name": "Hill", "quarry": "Hill quarry", "country": "BE"}}}
{"type": "admit", "key": "admit-quarry", "fields": {"party": {"name": "Hill Quarry Ltd"}, "member": {"log": "Hill Quarry Ltd", "role": "quarry operator", "country": "BE"}, "sites": [{"site": "Hill", "role": "operator", "parcels": [], "from": null, "to": null}]}}
{"type": "admit", "key": "admit-factory", "fields": {"party": {"name": "Cutting Works"}, "member": {"log": "Cutting Works", "role": "factory", "country": "BE"}}}
{"type": "admit", "key": "admit-city", "fields": {"party": {"name": "Example City"}, "member": {"log": "Example City", "role": "authority", "country": "BE"}}}
EOF
  works record --dir register register.ndjson
  local key
  for key in hill admit-quarry admit-factory admit-city; do
    works passport export --dir register --event "$key" -o "$key.json"
  done
  # A passport may come alone.
  works record --dir quarry --passport hill.json --passport admit-quarry.json
  works record --dir factory --passport admit-factory.json
  works record --dir city --passport admit-city.json
}

dig_and_hand_over() {
  cat >quarry.ndjson <<'EOF'
{"type": "extract", "key": "dig", "outputs": [{"kind": "block", "aliases": ["H-1"], "measure": {"gross": [2600, 1700, 1300], "net": [2500, 1600, 1200], "mass": 13000000}}], "fields": {"site": {"site": "Hill"}, "stone": {"name": "Hill bluestone", "family": "bluestone"}, "block": {"number": "1"}}}
{"type": "dispatch", "key": "send", "inputs": ["H-1"], "fields": {"to": {"log": "Cutting Works"}, "transport": {"container": "TSTU4001019"}}}
EOF
  works record --dir quarry quarry.ndjson
  works passport export --dir quarry --event send -o block.json
  expect_out "Hill Quarry Ltd, quarry operator, BE"
}

ask_for_stone() {
  cat >contract.json <<'EOF'
{"id": "C1", "criteria": {"quarry": "Hill quarry", "factory": "Cutting Works"}, "lines": [{"amount": 20, "unit": "piece"}]}
EOF
  printf '{"type": "contract", "key": "c1", "fields": {"contract": %s}}\n' "$(cat contract.json)" >city.ndjson
  works record --dir city city.ndjson
  works passport export --dir city --event c1 -o asked.json
}

cut_pack_and_deliver() {
  cat >factory.ndjson <<'EOF'
{"type": "receive", "key": "got", "inputs": ["H-1"]}
{"type": "split", "key": "cut", "inputs": ["H-1"], "outputs": [{"kind": "batch", "amount": 20, "aliases": ["T-1"], "measure": {"size": [600, 400, 60]}}], "fields": {"stone": {"name": "Hill bluestone", "family": "bluestone"}}}
{"type": "pack", "key": "pack", "inputs": ["T-1"], "outputs": [{"kind": "crate", "aliases": ["C-1"], "label": true, "contents": [{"in": 0, "amount": 12}]}, {"kind": "crate", "aliases": ["C-2"], "label": true, "contents": [{"in": 0, "amount": 8}]}]}
{"type": "dispatch", "key": "deliver", "inputs": ["C-1", "C-2"], "fields": {"to": {"log": "Example City", "contract": "C1"}}}
EOF
  works record --dir factory --passport block.json --passport asked.json factory.ndjson
  works passport export --dir factory --event deliver -o delivery.json
  works label make --dir factory --item C-1 C-2 -o crates.png
  works label read --scans crates.png
  cp out.txt scans.json
}

make_chain() {
  make_nodes
  admit_everybody
  dig_and_hand_over
  ask_for_stone
  cut_pack_and_deliver
}

check_delivery() {
  quarrymark contract check --contract contract.json --trust trust.json --scans scans.json --json "$@"
}

test_chain_over_four_nodes_is_a_match_until_something_is_wrong() {
  make_chain
  check_delivery delivery.json
  expect_code 0
  expect_json 'value["verdict"]' match
  expect_json 'value["covered"]["value"]' 20
  expect_json 'value["scanned"]' 2

  # The same in words: the sentence first, what it does not show last.
  quarrymark contract check --contract contract.json --trust trust.json --scans scans.json delivery.json
  expect_code 0
  [[ "$(head -n 1 out.txt)" == "Records support this: "* ]] || fail_test "expected the sentence first"
  [[ "$(tail -n 1 out.txt)" == "What this does not show: "* ]] || fail_test "expected the limits last"

  # The quarry's operator withheld: nowhere in the file, same verdict.
  works passport withhold delivery.json --party "Hill Quarry Ltd" -o hidden.json
  expect_out "(name withheld), quarry operator, BE"
  ! grep -q "Hill Quarry" hidden.json || fail_test "the name is still there"
  check_delivery hidden.json
  expect_code 0
  ! grep -q "Hill Quarry" out.txt || fail_test "the report names the withheld party"

  # The factory withheld, which the contract names: a gap.
  works passport withhold delivery.json --party "Cutting Works" -o hidden-factory.json
  check_delivery hidden-factory.json
  expect_code 4
  expect_json 'value["verdict"]' gap

  # Another quarry named: contradicted.
  sed 's/Hill quarry/Other quarry/' contract.json >other.json
  quarrymark contract check --contract other.json --trust trust.json --json delivery.json
  expect_code 3
  expect_json 'value["verdict"]' mismatch

  # A reader who trusts nobody cannot check.
  sed 's/"registrars": \[[^]]*\]/"registrars": []/' trust.json >nobody.json
  quarrymark contract check --contract contract.json --trust nobody.json --json delivery.json
  [[ "$code" != 0 ]] || fail_test "matched without a registrar"

  # A label that no passport carries.
  echo '["HTTPS://LABEL.EXAMPLE/Q/00000000000000000/00000000"]' >foreign.json
  quarrymark contract check --contract contract.json --trust trust.json --scans foreign.json --json delivery.json
  expect_code 5
  expect_json 'value["verdict"]' not_verifiable
}

test_altered_passport_never_matches() {
  make_chain
  /usr/bin/python3 - <<'EOF'
import json
passport = json.load(open("delivery.json"))
def put(name, change):
    copy = json.loads(json.dumps(passport))
    change(copy["packets"])
    open(name, "w").write(json.dumps(copy, separators=(",", ":")))
def swap(text, at):
    return text[:at] + ("B" if text[at] != "B" else "C") + text[at + 1:]
def entry(packets): packets[0]["entries"][0] = packets[0]["entries"][0].replace('"time":"2', '"time":"3')
def fact(packets): packets[0]["disclosures"][0][1] = swap(packets[0]["disclosures"][0][1], 30)
def head(packets): packets[0]["disclosures"][0][0] = swap(packets[0]["disclosures"][0][0], 40)
def proof(packets):
    for packet in packets:
        if packet["proof"]:
            packet["proof"][0] = swap(packet["proof"][0], 5)
            return
    raise SystemExit("no packet has a proof")
def signature(packets):
    note = packets[0]["checkpoint"]
    packets[0]["checkpoint"] = note[:-20] + ("A" if note[-20] != "A" else "B") + note[-19:]
for name, change in dict(entry=entry, fact=fact, head=head, proof=proof, signature=signature).items():
    put(f"altered-{name}.json", change)
EOF
  local file
  for file in altered-*.json; do
    check_delivery "$file"
    expect_code 3
    expect_json 'value["verdict"]' invalid
    expect_json 'len(value["findings"]) > 0' true
  done
  head -c 1000 delivery.json >cut.json
  check_delivery cut.json
  expect_code 3
  expect_json 'value["findings"][0]["code"]' malformed
}

test_dry_run_records_nothing() {
  make_nodes
  works log checkpoint --dir register
  local before="$out"
  echo '{"type": "site", "fields": {"site": {"kind": "quarry", "name": "Hill", "quarry": "Hill quarry", "country": "BE"}}}' >site.ndjson
  works record --dir register --dry-run site.ndjson
  expect_out "1 event can be recorded"
  works log checkpoint --dir register
  [[ "$out" == "$before" ]] || fail_test "the log changed"
}

test_files_are_never_overwritten_unasked() {
  works label make --blank 3 -o sheet.png
  quarrymark label make --blank 3 -o sheet.png
  expect_one_clear_line 1 "sheet.png" "exists"
  works label make --blank 3 --force -o sheet.png
  [[ "$(ls -A | grep -c part)" == 0 ]] || fail_test "a half-written file was left"
}

test_blank_labels_are_read_back() {
  works label make --blank 5 --json -o sheet.png
  json '[one["text"] for one in value["labels"]]' >made.txt
  works label read --scans sheet.png
  json 'value' >read.txt
  /usr/bin/python3 -c 'import json; a, b = (sorted(json.load(open(f))) for f in ("made.txt", "read.txt")); assert a == b, (a, b)'
}

test_withholding_a_name_that_is_not_there_writes_nothing() {
  make_nodes
  admit_everybody
  dig_and_hand_over
  quarrymark passport withhold block.json --party "Hill Quary Ltd" -o hidden.json
  expect_one_clear_line 1 "block.json" "Hill Quary Ltd"
  [[ ! -e hidden.json ]] || fail_test "something was written"
}

test_errors_are_json_when_asked_for() {
  quarrymark log checkpoint --dir nowhere --json
  expect_code 1
  expect_json 'sorted(value["error"])' '["code", "field", "message"]'
  quarrymark recrod --json
  expect_code 2
  expect_json '"record" in value["error"]["message"]' true
}

test_reader_that_goes_away_is_no_failure() {
  local status=0
  { "$QUARRYMARK" --help || echo "$?" >status.txt; } | true
  [[ ! -e status.txt ]] || fail_test "exit code $(cat status.txt)"
}

test_log_verify_holds_after_all_that() {
  make_chain
  works log verify --dir factory --threads 2
  expect_out "hold"
  works item trace --dir factory C-1
  expect_out "Hill Quarry Ltd"
  works item show --dir factory C-1 --json
  expect_json 'value["current"][0]["holder_name"]' "Example City"
  works item trace --dir quarry H-1 --forward
}

# Every way stone moves, several organisations in one directory.
test_every_way_stone_moves() {
  /usr/bin/python3 "$QUARRYMARK_ROOT/tests/cli/movement.py" "$QUARRYMARK" >moves.txt || fail_test "$(cat moves.txt)"
}
