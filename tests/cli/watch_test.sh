# Witnesses, monitors, tiles, notes and proofs: two organisations, a witness and a monitor that
# exchange nothing but files, and a real server for the one test of URLs.

# vkey NAME: the key that `init` printed into NAME.txt.
vkey() { sed -n 's/^vkey *//p' "$1.txt"; }

works() {
  quarrymark "$@"
  expect_code 0
}

make_node() {
  works init "$1" --name "$2" --role "$3" --country BE
  cp out.txt "$1.txt"
}

# A quarry and its factory, admitted by a register; the block H-1 is dug.
make_quarry() {
  make_node register "Stone Register" registrar
  make_node quarry "Hill Quarry Ltd" "quarry operator"
  cat >contacts.json <<EOF2
{"Hill Quarry Ltd": "$(vkey quarry)"}
EOF2
  cp contacts.json register/contacts.json
  cat >register.ndjson <<'EOF2'
{"type": "site", "key": "hill", "fields": {"site": {"kind": "quarry", "name": "Hill", "quarry": "Hill quarry", "country": "BE"}}}
{"type": "admit", "key": "admit-quarry", "fields": {"party": {"name": "Hill Quarry Ltd"}, "member": {"log": "Hill Quarry Ltd", "role": "quarry operator", "country": "BE"}, "sites": [{"site": "Hill", "role": "operator", "parcels": [], "from": null, "to": null}]}}
EOF2
  works record --dir register register.ndjson
  works passport export --dir register --event hill -o hill.json
  works passport export --dir register --event admit-quarry -o admit.json
  cat >quarry.ndjson <<'EOF2'
{"type": "extract", "key": "dig", "outputs": [{"kind": "block", "aliases": ["H-1"], "measure": {"gross": [2600, 1700, 1300], "net": [2500, 1600, 1200], "mass": 13000000}}], "fields": {"site": {"site": "Hill"}, "stone": {"name": "Hill bluestone", "family": "bluestone"}, "block": {"number": "1"}}}
EOF2
  works record --dir quarry --passport hill.json --passport admit.json quarry.ndjson
  echo '{"id": "C1", "criteria": {"quarry": "Hill quarry"}, "lines": [{"amount": 1, "unit": "piece"}]}' >contract.json
}

make_watchers() {
  works witness init w1 --name witness.example/w1
  cp out.txt w1.txt
  works witness add w1 --log "$(vkey quarry)"
  works witness add w1 --log "$(vkey register)"
  works monitor init m1 --name monitor.example/m1
  cp out.txt m1.txt
  cat >trust.json <<EOF2
{"v": 1, "registrars": ["$(vkey register)"], "monitors": ["$(vkey m1)"], "verifiers": [], "pinned": [], "policy": "witness W $(vkey w1)\nquorum W\n"}
EOF2
}

# publish NODE: its tiles, cosigned, and the cosignature back in the node.
publish() {
  works log export --dir "$1" -o "tiles-$1"
  works witness cosign w1 "tiles-$1" -o "$1.cosigned" --force
  works log checkpoint --dir "$1" --cosigned "$1.cosigned" --witness "$(vkey w1)"
  works log export --dir "$1" -o "tiles-$1"
}

follow() { works monitor follow m1 --log "$(vkey "$1")" --from "tiles-$1"; }

check() { quarrymark contract check --contract contract.json --trust trust.json --json "$@"; }

codes() { json '" ".join(f["code"] for f in value["findings"])'; }

test_cosigned_passport_meets_the_quorum_and_an_uncosigned_one_does_not() {
  make_quarry
  make_watchers
  quarrymark passport export --dir quarry --item H-1 -o plain.json
  expect_code 0
  expect_err "No cosigned checkpoint"
  check plain.json
  expect_code 5
  expect_json 'value["verdict"]' not_verifiable

  # The register's packets came in before it was cosigned: they are handed over again.
  publish register
  works passport export --dir register --event hill -o hill.json --force
  works passport export --dir register --event admit-quarry -o admit.json --force
  works record --dir quarry --passport hill.json --passport admit.json
  publish quarry
  works passport export --dir quarry --item H-1 -o cosigned.json
  [[ "$err" != *"No cosigned checkpoint"* ]] || fail_test "a packet is not cosigned"
  grep -q 'witness.example/w1' cosigned.json || fail_test "the passport carries no cosignature"
  check cosigned.json
  expect_code 0
  expect_json 'value["verdict"]' match
  works passport export --dir quarry --item H-1 --newest-checkpoint --json -o newest.json
  expect_json 'len(value["not_cosigned"])' 1

  # An event that came after: the cosigned checkpoint does not cover it.
  echo '{"type": "attest", "key": "later", "fields": {"kind": "confirm", "about": {"item": "H-1"}, "statement": {"text": "seen"}}}' >later.ndjson
  works record --dir quarry later.ndjson
  quarrymark passport export --dir quarry --event later --json -o later.json
  expect_json 'len(value["not_cosigned"])' 1
}

test_void_left_out_of_the_passport_is_found_with_a_clear_note_and_said_to_be_unchecked_without() {
  make_quarry
  make_watchers
  sed -i 's/"policy": ".*"/"policy": ""/' trust.json
  works passport export --dir quarry --item H-1 -o block.json
  check block.json
  expect_code 0
  [[ "$(codes)" == *not_checked_for_later* ]] || fail_test "expected to be told that later uses are unchecked"

  publish register
  publish quarry
  follow register
  follow quarry
  expect_out "Followed to 1 entries, 1 of them new"
  works monitor clear m1 block.json -o block.clear
  works passport clear block.json --note block.clear -o cleared.json
  check cleared.json
  expect_code 0
  [[ "$(codes)" != *not_checked_for_later* ]] || fail_test "the clear note was not read"

  # The quarry voids the extraction and goes on showing the passport of before.
  echo '{"type": "void", "key": "undo", "fields": {"voids": {"event": "key:dig"}, "reason": {"text": "another block"}}}' >void.ndjson
  works record --dir quarry void.ndjson
  check block.json
  expect_code 0
  [[ "$(codes)" == *not_checked_for_later* ]] || fail_test "expected to be told that later uses are unchecked"
  publish quarry
  follow quarry
  works monitor clear m1 block.json -o after.clear
  works passport clear block.json --note after.clear -o found.json
  check found.json
  expect_code 4
  expect_json 'value["verdict"]' gap
  [[ "$(codes)" == *link_missing* ]] || fail_test "expected the void to be found"

  # A stranger's note is read by nobody.
  works monitor init m2 --name monitor.example/m2
  cp out.txt m2.txt
  works monitor follow m2 --log "$(vkey quarry)" --from tiles-quarry
  quarrymark monitor clear m2 block.json -o strange.clear
  expect_one_clear_line 1 "block.json" "does not follow"
  works monitor clear m2 block.json --partial -o strange.clear
  works passport clear block.json --note strange.clear -o strange.json
  check strange.json
  expect_code 0
  [[ "$(codes)" == *not_checked_for_later* ]] || fail_test "a stranger's note was believed"
}

test_exported_tiles_verify_and_each_damaged_file_is_named() {
  make_quarry
  works log export --dir quarry -o tiles
  works log verify tiles --vkey "$(vkey quarry)"
  expect_out "hold"
  works log verify quarry
  local file name
  for file in checkpoint tile/0/000.p/1 tile/entries/000.p/1; do
    cp -r tiles spoilt
    /usr/bin/python3 -c '
import sys
path = sys.argv[1]
data = bytearray(open(path, "rb").read())
data[len(data) // 2] ^= 1
open(path, "wb").write(data)' "spoilt/$file"
    quarrymark log verify spoilt --vkey "$(vkey quarry)"
    expect_code 3
    expect_out "$file"
    rm -r spoilt
  done
  cp -r tiles spoilt
  truncate -s 10 spoilt/tile/entries/000.p/1
  quarrymark log verify spoilt --vkey "$(vkey quarry)" --json
  expect_code 3
  expect_json '"tile/entries/000.p/1: entry 0 is cut off" in value["logs"][0]["problems"][0]' true
  rm spoilt/checkpoint
  quarrymark log verify spoilt --vkey "$(vkey quarry)"
  expect_one_clear_line 1 "checkpoint" "missing"
  quarrymark log verify tiles --vkey "$(vkey register)"
  expect_code 3
  quarrymark log verify tiles
  expect_one_clear_line 2 "--vkey"
}

test_export_writes_only_what_is_new_and_refuses_another_log() {
  make_quarry
  works log export --dir quarry -o tiles
  works log export --dir quarry --json -o tiles
  expect_json 'value["tiles"]' 0
  for i in $(seq 300); do
    echo '{"type": "attest", "fields": {"kind": "confirm", "about": {"item": "H-1"}, "statement": {"text": "seen"}}}'
  done >many.ndjson
  works record --dir quarry many.ndjson
  works log export --dir quarry --json -o tiles
  expect_json 'value["before"], value["size"]' '[1, 301]'
  [[ ! -e tiles/tile/0/000.p && -e tiles/tile/0/000 ]] || fail_test "the outgrown partial tile is still there"
  works log verify tiles --vkey "$(vkey quarry)" --threads 2
  quarrymark log export --dir register -o tiles
  expect_one_clear_line 1 "another log"
  # Half an export: the checkpoint still fits what is there.
  works log checkpoint --dir quarry
  [[ "$(cat out.txt)" == "$(cat tiles/checkpoint)" ]] || fail_test "another checkpoint was published"
}

test_log_is_verified_followed_and_cosigned_over_http() {
  command -v python3 >/dev/null || skip_test "no python3 to serve files with"
  make_quarry
  make_watchers
  works log export --dir quarry -o tiles
  (cd tiles && exec /usr/bin/python3 -u -m http.server 0 --bind 127.0.0.1) >server.txt 2>server.err &
  local server=$!
  # shellcheck disable=SC2064  # the number of now
  trap "kill $server 2>/dev/null || true" EXIT
  local url="" i
  for i in $(seq 100); do
    url="$(sed -n 's/.*(\(http:[^)]*\)).*/\1/p' server.txt)"
    [[ -z "$url" ]] || break
    sleep 0.1
  done
  url="${url%/}"
  [[ -n "$url" ]] || fail_test "the server did not start: $(cat server.err)"
  works log verify "$url" --vkey "$(vkey quarry)"
  expect_out "hold"
  works witness cosign w1 "$url" -o cosigned.note
  works monitor follow m1 --log "$(vkey quarry)" --from "$url"
  printf 'x' >>tiles/tile/entries/000.p/1
  quarrymark log verify "$url/" --vkey "$(vkey quarry)"
  expect_code 3
  expect_out "tile/entries/000.p/1"
  rm -r tiles/tile/entries
  quarrymark log verify "$url" --vkey "$(vkey quarry)"
  expect_code 3
  expect_out "missing"
  kill "$server"
  wait "$server" || true
  quarrymark log verify "$url" --vkey "$(vkey quarry)"
  expect_one_clear_line 1 "$url/checkpoint"
  quarrymark log verify ftp://example.org/log --vkey "$(vkey quarry)"
  expect_one_clear_line 1 "http"
}

test_witness_refuses_rollback_and_fork_and_keeps_evidence() {
  make_quarry
  make_watchers
  cp -r quarry forked
  works log export --dir quarry -o tiles
  cp tiles/checkpoint old.note
  attest() { echo "{\"type\": \"attest\", \"fields\": {\"kind\": \"confirm\", \"about\": {\"item\": \"H-1\"}, \"statement\": {\"text\": \"$2\"}}}" >attest.ndjson; works record --dir "$1" attest.ndjson; }
  attest quarry one
  works log export --dir quarry -o tiles
  works witness cosign w1 tiles
  works monitor follow m1 --log "$(vkey quarry)" --from tiles
  quarrymark witness cosign w1 old.note
  expect_code 1
  expect_out "never gets shorter"

  # The same log, restored from a copy, writes something else.
  attest forked two
  works log export --dir forked -o fork
  quarrymark witness cosign w1 fork -o never.note
  expect_code 3
  expect_out "signed two trees of 2 entries"
  [[ ! -e never.note ]] || fail_test "a signature was given out"
  [[ "$(find w1/evidence -name second | wc -l)" == 1 ]] || fail_test "no evidence was kept"
  quarrymark monitor follow m1 --log "$(vkey quarry)" --from fork --json
  expect_code 3
  expect_json 'value["outcome"]' conflict
  quarrymark monitor status m1
  expect_code 3
  expect_out "signed two trees of 2 entries"
  attest forked three
  works log export --dir forked -o fork
  quarrymark witness cosign w1 fork --json
  expect_code 1
  expect_json 'value["status"]' 422
  quarrymark monitor follow m1 --log "$(vkey quarry)" --from fork
  expect_code 3
  expect_out "is not the beginning"
  # What was kept can be checked with nothing but the log's key.
  local evidence
  for evidence in m1/evidence/*/first m1/evidence/*/second; do
    works note verify "$evidence" --key "$(vkey quarry)"
  done
  quarrymark witness status w1
  expect_code 3
}

test_witness_answers_a_log_that_brings_its_own_proof() {
  make_quarry
  make_watchers
  works log prove --dir quarry --old 0 -o first.txt
  works witness cosign w1 first.txt -o cosigned.note
  works note verify cosigned.note --key "$(vkey quarry)" --key "$(vkey w1)"
  expect_out "cosigned 20"
  echo '{"type": "attest", "fields": {"kind": "confirm", "about": {"item": "H-1"}, "statement": {"text": "seen"}}}' >more.ndjson
  works record --dir quarry more.ndjson
  works log prove --dir quarry --old 1 -o next.txt
  sed '1s/old 1/old 0/' next.txt >wrong.txt
  quarrymark witness cosign w1 wrong.txt --json
  expect_code 1
  expect_json 'value["status"]' 409
  works witness cosign w1 next.txt
  # Not a log it knows; no witness at all.
  make_node other "Other Quarry" "quarry operator"
  works log checkpoint --dir other
  cp out.txt other.note
  quarrymark witness cosign w1 other.note --json
  expect_code 1
  expect_json 'value["status"]' 404
  quarrymark witness cosign nowhere other.note
  expect_one_clear_line 1 "nowhere" "no witness"
}

test_cosignatures_nobody_named_or_that_are_wrong_are_not_taken_in() {
  make_quarry
  make_watchers
  works log checkpoint --dir quarry
  cp out.txt plain.note
  works witness cosign w1 plain.note -o cosigned.note
  quarrymark log checkpoint --dir quarry --cosigned cosigned.note
  expect_one_clear_line 2 "--witness"
  quarrymark log checkpoint --dir quarry --cosigned plain.note --witness "$(vkey w1)"
  expect_one_clear_line 1 "plain.note"
  works witness init w2 --name witness.example/w2
  cp out.txt w2.txt
  quarrymark log checkpoint --dir quarry --cosigned cosigned.note --witness "$(vkey w2)"
  expect_one_clear_line 1 "cosigned.note"
  quarrymark log checkpoint --dir register --cosigned cosigned.note --witness "$(vkey w1)"
  expect_one_clear_line 1 "another log"
  works log checkpoint --dir quarry --cosigned cosigned.note --witness "$(vkey w1)"
  expect_out "cosigned by witness.example/w1"
}

test_notes_of_anybody_verify_and_malformed_ones_are_refused() {
  local notes="$QUARRYMARK_ROOT/../shared/vectors/signed-notes" key=sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8
  [[ -d "$notes" ]] || skip_test "NO THIRD-PARTY VECTORS at $notes"
  local note="$notes/sumdb-63512409.note"
  works note verify "$note" --key "$key"
  expect_out "go.sum database tree"
  works note verify "$note" --key "$key" --json
  expect_json 'value["checkpoint"]["size"]' 63512409
  quarrymark note verify "$note" --key example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k
  expect_code 5
  expect_out "unknown"
  refused() {
    quarrymark note verify spoilt.note --key "$key"
    expect_code 3
    expect_out "$1"
  }
  sed 's/$/\r/' "$note" >spoilt.note; refused "carriage return"
  sed '/^$/d' "$note" >spoilt.note; refused "no empty line"
  sed 's/—/-/' "$note" >spoilt.note; refused "em dash"
  head -c -1 "$note" >spoilt.note; refused "does not end with a newline"
  sed 's/^63512409$/63512410/' "$note" >spoilt.note; refused "does not verify"
  : >spoilt.note; refused "newline"
  quarrymark note verify "$note" --key "${key/033de0ae/033de0af}"
  expect_one_clear_line 2 "--key" "key id"
  quarrymark note verify nowhere.note --key "$key"
  expect_one_clear_line 1 "nowhere.note"
}

test_proof_of_an_entry_holds_offline_and_no_other_does() {
  make_quarry
  make_watchers
  publish quarry
  works log prove --dir quarry --event dig -o dig.tlog-proof
  /usr/bin/python3 -c '
data = open("tiles-quarry/tile/entries/000.p/1", "rb").read()
open("entry", "wb").write(data[2:])'
  works proof verify dig.tlog-proof --entry entry --log "$(vkey quarry)"
  expect_out "No witness was asked for"
  printf 'log %s\nwitness W %s\nquorum W\n' "$(vkey quarry)" "$(vkey w1)" >policy
  works proof verify dig.tlog-proof --entry entry --policy policy --json
  expect_json 'value["outcome"], len(value["signatures"])' '["holds", 2]'
  printf 'x' >>entry
  quarrymark proof verify dig.tlog-proof --entry entry --policy policy
  expect_code 3
  quarrymark proof verify dig.tlog-proof --hash "$(head -c 32 /dev/zero | base64)" --policy policy
  expect_code 3
  /usr/bin/python3 -c '
import base64, hashlib
data = open("tiles-quarry/tile/entries/000.p/1", "rb").read()[2:]
print(base64.b64encode(hashlib.sha256(b"\0" + data).digest()).decode())' >hash
  works proof verify dig.tlog-proof --hash "$(cat hash)" --policy policy
  quarrymark proof verify dig.tlog-proof --hash "$(cat hash)" --log "$(vkey register)"
  expect_code 5
  sed 's/^index 0$/index 00/' dig.tlog-proof >bad.tlog-proof
  quarrymark proof verify bad.tlog-proof --hash "$(cat hash)" --policy policy
  expect_code 3
  expect_out "line 2"
  quarrymark proof verify dig.tlog-proof --hash short --policy policy
  expect_one_clear_line 2 "--hash"
  quarrymark proof verify dig.tlog-proof --policy policy
  expect_code 2
  quarrymark log prove --dir quarry --index 1 -o none
  expect_one_clear_line 1 "there is no entry 1"
  quarrymark log prove --dir quarry -o none
  expect_code 2
}

test_private_keys_stay_private() {
  make_watchers_only() {
    works witness init w1 --name witness.example/w1
    works monitor init m1 --name monitor.example/m1
  }
  make_watchers_only
  [[ "$(stat -c %a w1/key.pem)" == 600 && "$(stat -c %a m1/key.pem)" == 600 ]] || fail_test "keys can be read by others"
  quarrymark witness init w1 --name witness.example/w1
  expect_one_clear_line 1 "w1" "key already"
  quarrymark monitor init m2 --name "two words"
  expect_one_clear_line 2 "--name" "space"
  [[ ! -e m2 ]] || fail_test "something was made"
}
