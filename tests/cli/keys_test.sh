# Registrars, trust files, keys that change, devices, and a log whose head file is gone.

vkey() { sed -n 's/^vkey *//p' "$1.txt"; }
origin() { sed -n 's/^origin *//p' "$1.txt"; }

make_node() {
  quarrymark init "$1" --name "$2" --role "$3" --country "$4"
  expect_code 0
  cp out.txt "$1.txt"
}

works() {
  quarrymark "$@"
  expect_code 0
}

# A register that has admitted a quarry for the site Hill; the quarry has dug a block.
make_register() {
  make_node register "Stone Register" registrar BE
  make_node quarry "Hill Quarry Ltd" "quarry operator" BE
  echo '{"type": "site", "key": "hill", "fields": {"site": {"kind": "quarry", "name": "Hill", "quarry": "Hill quarry", "country": "BE", "parcels": ["P1", "P2"]}}}' >site.ndjson
  works record --dir register site.ndjson
}

admit_quarry() {
  works registrar admit --dir register --member "$(vkey quarry)" --name "Hill Quarry Ltd" \
    --role "quarry operator" --country BE --site "Hill=operator:P1@2020-01-01..2030-12-31" "$@"
  works registrar show --dir register --member "$(origin quarry)" -o admission.json --force
  works record --dir quarry --passport admission.json
}

dig() {
  cat >dig.ndjson <<'EOT'
{"type": "extract", "key": "dig", "outputs": [{"kind": "block", "aliases": ["H-1"], "measure": {"gross": [2600, 1700, 1300], "mass": 13000000}}], "fields": {"site": {"site": "Hill", "parcel": "P1"}, "stone": {"name": "Hill bluestone", "family": "bluestone"}, "block": {"number": "1"}}}
EOT
  works record --dir quarry "$@" dig.ndjson
}

test_registrar_admits_revokes_and_shows() {
  make_register
  admit_quarry --key first --hosted-by "Quarry Association"
  expect_out "taken in"
  works registrar admit --dir register --member "$(vkey quarry)" --name "Hill Quarry Ltd" \
    --role "quarry operator" --country BE --site "Hill=operator:P1@2020-01-01..2030-12-31" --key first \
    --hosted-by "Quarry Association"
  expect_out "recorded before"
  works registrar show --dir register --member "Hill Quarry Ltd" --json
  works registrar show --dir register --member "$(origin quarry)" --json
  expect_json 'len(value["admissions"])' 1
  expect_json 'value["admissions"][0]["sites"][0]["site"]' Hill
  expect_json 'value["admissions"][0]["sites"][0]["parcels"]' '["P1"]'
  expect_json 'value["admissions"][0]["sites"][0]["to"]' 2030-12-31
  expect_json 'value["admissions"][0]["host"]' "Quarry Association"
  expect_json 'value["admissions"][0]["end"]' null
  works trust make --registrar "$(vkey register)" -o trust.json
  quarrymark passport verify admission.json --trust trust.json
  expect_code 0
  works registrar revoke --dir register --member "$(origin quarry)" --reason "gone out of business"
  expect_out "revoke"
  works registrar show --dir register --member "$(origin quarry)" -o both.json
  expect_out "revoked"
  expect_out "gone out of business"
  grep -q '"packets"' both.json || fail_test "no passport was written"
  quarrymark registrar revoke --dir register --member "$(origin quarry)" --reason again
  expect_one_clear_line 1 "stands"
}

test_registrar_names_the_option_that_is_wrong() {
  make_register
  local admit=(registrar admit --dir register --member "$(vkey quarry)" --name Q --country BE)
  quarrymark "${admit[@]}" --role friend
  expect_one_clear_line 1 "--role" "friend"
  quarrymark "${admit[@]}" --role factory --site "Hill"
  expect_one_clear_line 2 "--site" "SITE=ROLE"
  quarrymark "${admit[@]}" --role factory --site "Dale=operator"
  expect_one_clear_line 1 "--site" "Dale"
  quarrymark "${admit[@]}" --role factory --site "Hill=operator@2025-01-01"
  expect_one_clear_line 2 "--site" ".."
  quarrymark "${admit[@]}" --role factory --device short
  expect_one_clear_line 1 "--device"
  quarrymark registrar show --dir register --member "Nobody Ltd"
  expect_one_clear_line 1 "--member" "Nobody Ltd"
  quarrymark registrar show --dir register --member "$(origin quarry)"
  expect_one_clear_line 1 "--member" "names no"
}

test_trust_files_are_made_and_explained() {
  make_register
  works trust make --registrar "$(vkey register)" --verifier "$(origin quarry)" \
    --pin "$(vkey quarry)" "Hill Quarry Ltd" "quarry operator" BE -o trust.json
  expect_out "rests on the log alone"
  expect_out "Hill Quarry Ltd, quarry operator, BE"
  works trust show trust.json --json
  expect_json 'value["quorum"]' null
  expect_json 'len(value["pinned"])' 1
  # Two witnesses, one of which is enough (keys of the witness vectors' form, type 0x04).
  local w1 w2
  w1="$(/usr/bin/python3 - <<'EOT'
import base64, hashlib
def vkey(name, fill):
    key = b"\x04" + bytes([fill]) * 32
    digest = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    return f"{name}+{digest.hex()}+{base64.b64encode(key).decode()}"
print(vkey("w1.example", 1)); print(vkey("w2.example", 2))
EOT
)"
  w2="$(tail -n 1 <<<"$w1")"
  w1="$(head -n 1 <<<"$w1")"
  works trust make --registrar "$(vkey register)" --witness "$w1" --witness "$w2" --quorum 1 -o both.json
  works trust show both.json
  expect_out "1 of (w1.example, w2.example)"
  works trust make --registrar "$(vkey register)" --witness "$w1" --witness "$w2" -o - --json
  works trust make --registrar "$(vkey register)" --witness "$w1" --witness "$w2" -o all.json --json
  expect_json 'value["quorum"]' "all of (w1.example, w2.example)"
  quarrymark trust make --registrar "$(vkey register)" --witness "$w1" --quorum 2 -o no.json
  expect_one_clear_line 2 "--quorum"
  quarrymark trust make --registrar "$w1" -o no.json
  expect_one_clear_line 2 "--registrar"
  quarrymark trust make --registrar "$(vkey register)" --registrar "$(vkey register)" -o no.json
  expect_one_clear_line 2 "--registrar" "twice"
  [[ ! -e no.json ]] || fail_test "something was written"
  quarrymark trust make --registrar "$(vkey register)" -o trust.json
  expect_one_clear_line 1 "trust.json" "exists"
  echo '{"v":2}' >odd.json
  quarrymark trust show odd.json
  expect_one_clear_line 1 "odd.json"
}

test_a_key_changes_and_everything_goes_on() {
  make_register
  admit_quarry
  dig
  works passport export --dir quarry --item H-1 -o before.json
  works key show --dir quarry
  cp out.txt first.txt
  works key rotate --dir quarry
  expect_out "rotate"
  works key show --dir quarry --json
  expect_json 'len(value["vkeys"])' 2
  expect_json 'value["vkeys"][0]' "$(vkey quarry)"
  works passport export --dir quarry --item H-1 -o after.json
  cp after.json out.txt
  expect_json 'max(len(p["rotations"]) for p in value["packets"])' 1
  works trust make --registrar "$(vkey register)" -o trust.json
  local passport
  for passport in before.json after.json; do
    quarrymark passport verify "$passport" --trust trust.json
    expect_code 0
  done
  works key rotate --dir register
  works passport export --dir quarry --item H-1 -o third.json
  quarrymark passport verify third.json --trust trust.json
  expect_code 0
  works log verify --dir quarry
  expect_out "hold"
  works key rotate --dir quarry --json
  expect_json 'len(value["vkeys"])' 3
  [[ "$(find quarry/keys -name '*.pem' | wc -l)" == 1 ]] || fail_test "an old key was left"
  [[ "$(stat -c %a quarry/keys/*.pem)" == 600 ]] || fail_test "others may read the key"
}

test_devices_are_enrolled_and_sign() {
  make_register
  works device enrol --dir quarry --key-file phone.pem
  [[ "$(stat -c %a phone.pem)" == 600 ]] || fail_test "others may read the key"
  local phone second
  phone="$(sed -n 's/^key *//p' out.txt)"
  quarrymark record --dir quarry --device phone.pem site.ndjson
  expect_one_clear_line 1 "is not enrolled"
  admit_quarry --device "$phone"
  dig --device phone.pem
  works device enrol --dir quarry --key-file second.pem --by phone.pem
  second="$(sed -n 's/^key *//p' out.txt)"
  works device show --dir quarry --json
  expect_json '{d["key"]: d["last_number"] for d in value["devices"]}["'"$phone"'"]' 2
  expect_json '{d["key"]: d["enrolled"] for d in value["devices"]}["'"$second"'"]' true
  works device withdraw --dir quarry --key "$phone"
  echo '{"type": "dispose", "inputs": ["H-1"], "fields": {"reason": {"text": "broke"}}}' >dispose.ndjson
  quarrymark record --dir quarry --device phone.pem dispose.ndjson
  expect_one_clear_line 1 "was withdrawn"
  works record --dir quarry --device second.pem --dry-run dispose.ndjson
  works record --dir quarry --device second.pem dispose.ndjson
  quarrymark device withdraw --dir quarry --key nonsense
  expect_code 1
}

# built_elsewhere KEY: what the phone recorded in a copy of the quarry's node, as a line for --heads.
built_elsewhere() {
  works passport export --dir copy --event "$1" --evidence -o "$1.json"
  /usr/bin/python3 - "$1" <<'EOT'
import base64, json, sys
for packet in json.load(open(sys.argv[1] + ".json"))["packets"]:
    for disclosures in packet["disclosures"]:
        head = json.loads(base64.urlsafe_b64decode(disclosures[0] + "=" * (-len(disclosures[0]) % 4)))
        if head[2]["type"] == "dispose":
            open("heads.ndjson", "w").write(json.dumps({"key": "from-phone", "disclosures": disclosures}) + "\n")
EOT
}

test_events_built_elsewhere_are_taken_by_head() {
  make_register
  works device enrol --dir quarry --key-file phone.pem
  admit_quarry --device "$(sed -n 's/^key *//p' out.txt)"
  dig --device phone.pem
  cp -r quarry copy
  echo '{"type": "dispose", "key": "gone", "inputs": ["H-1"], "fields": {"reason": {"text": "broke"}}}' >dispose.ndjson
  works record --dir copy --device phone.pem dispose.ndjson
  built_elsewhere gone
  works record --dir quarry --heads --dry-run heads.ndjson
  works record --dir quarry --heads --json heads.ndjson
  expect_json 'value["events"][0]["type"]' dispose
  works record --dir quarry --heads --json heads.ndjson
  expect_json 'value["events"][0]["replayed"]' true
  works device show --dir quarry --json
  expect_json 'value["devices"][0]["last_number"]' 2
  # Another log does not take it, and nobody takes it changed.
  quarrymark record --dir register --heads heads.ndjson
  expect_one_clear_line 1 "heads.ndjson" "line 1" "was built for log"
  sed 's/"disclosures": \["\(.\{30\}\)./"disclosures": ["\1x/' heads.ndjson >changed.ndjson
  quarrymark record --dir quarry --heads changed.ndjson
  expect_one_clear_line 1 "changed.ndjson" "disclosures"
  quarrymark record --dir quarry --heads --device phone.pem heads.ndjson
  expect_code 2
}

test_log_recovers_without_its_head_only_when_told() {
  make_register
  rm register/heads/*
  quarrymark log checkpoint --dir register
  expect_code 1
  quarrymark log verify --dir register
  expect_code 3
  expect_out "Stone Register: 1 entries"
  expect_out "does not open"
  quarrymark log recover --dir register
  expect_code 1
  expect_out "1 entries"
  grep -q "second history" err.txt || fail_test "no warning"
  quarrymark log checkpoint --dir register
  expect_code 1
  works log recover --dir register --accept-loss
  works log checkpoint --dir register
  works log verify --dir register
  quarrymark log recover --dir register
  expect_one_clear_line 1 "nothing is missing"
}
