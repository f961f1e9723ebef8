# Withholding in full: profiles, preview, letters sealed to one reader, and erasing for good.

# The chain of chain_test.sh: register, quarry, factory, city; delivery.json, contract.json, trust.json.
make_story() {
  source "$QUARRYMARK_ROOT/tests/cli/chain_test.sh"
  make_chain
}

make_reader() {
  works key reader -o "$1.pem"
  cp out.txt "$1.key.txt"
}

test_factory_hidden_from_the_importer_is_shown_to_the_officer_alone() {
  make_story
  make_reader officer
  expect_out "quarrymark-reader+"
  [[ "$(stat -c %a officer.pem)" == 600 ]] || fail_test "others can read the key"

  works passport withhold delivery.json --party "Cutting Works" -o shown.json
  works passport seal delivery.json --all-withheld-from shown.json --to officer.key.txt -o letter.json
  expect_out "party of event"
  ! grep -q "Cutting" shown.json letter.json || fail_test "the name can be read"

  # The importer, and anybody else: a gap, and it says what is not shown.
  check_delivery shown.json
  expect_code 4
  expect_json 'value["verdict"]' gap
  expect_out "not shown by the presenter"

  # The officer opens the letter.
  works passport open shown.json --letter letter.json --key officer.pem -o opened.json
  expect_out "facts that were not shown before"
  check_delivery opened.json
  expect_code 0
  expect_json 'value["verdict"]' match
  cmp delivery.json opened.json || fail_test "the opened passport is not the full one"

  # The same letter by naming the party instead of the copy, and a letter of one field only.
  works passport seal delivery.json --party "Cutting Works" --to "$(cat officer.key.txt)" -o other.json
  works passport open shown.json --letter other.json --key officer.pem -o again.json
  cmp delivery.json again.json || fail_test "the letters differ in what they hold"
  works passport seal delivery.json --field admit.party --to officer.key.txt -o admission.json
  works passport open shown.json --letter admission.json --key officer.pem -o named.json
  check_delivery named.json
  expect_code 0
}

test_letters_that_do_not_fit_are_refused() {
  make_story
  make_reader officer
  make_reader stranger
  works passport withhold delivery.json --party "Cutting Works" -o shown.json
  works passport seal delivery.json --all-withheld-from shown.json --to officer.key.txt -o letter.json

  quarrymark passport open shown.json --letter letter.json --key stranger.pem -o no.json
  expect_one_clear_line 1 "letter.json" "sealed to quarrymark-reader+"
  sed 's/"ct":"..../"ct":"AAAA/' letter.json >altered.json
  quarrymark passport open shown.json --letter altered.json --key officer.pem -o no.json
  expect_one_clear_line 1 "altered.json" "does not open"
  quarrymark passport open block.json --letter letter.json --key officer.pem -o no.json
  expect_one_clear_line 1 "letter.json" "head the passport does not show"
  echo '{"v":1}' >bad.json
  quarrymark passport open shown.json --letter bad.json --key officer.pem -o no.json
  expect_one_clear_line 1 "bad.json"
  quarrymark passport open shown.json --letter letter.json --key quarry/keys/0.pem -o no.json
  expect_one_clear_line 1 "X25519"
  [[ ! -e no.json ]] || fail_test "a file was written all the same"

  sed 's/+[0-9a-f]*+/+00000000+/' officer.key.txt >misspelt.txt
  quarrymark passport seal delivery.json --all-withheld-from shown.json --to misspelt.txt -o no.json
  expect_one_clear_line 1 "misspelt"
  quarrymark passport seal delivery.json --all-withheld-from shown.json --to quarrymark-reader+x -o no.json
  expect_one_clear_line 2 "--to"
  quarrymark passport seal delivery.json --to officer.key.txt -o no.json
  expect_one_clear_line 2 "say what to seal"
  quarrymark passport seal shown.json --all-withheld-from delivery.json --to officer.key.txt -o no.json
  expect_one_clear_line 1 "nothing to seal"
  quarrymark key reader -o officer.pem
  expect_one_clear_line 1 "officer.pem"
  quarrymark key reader
  expect_one_clear_line 2 "--show"
  works key reader --show officer.pem
  [[ "$out" == "$(cat officer.key.txt)" ]] || fail_test "another key than before"
}

test_everybody_between_quarry_and_presenter_is_hidden() {
  make_story
  works passport withhold delivery.json --intermediaries --me "Example City" -o shown.json
  ! grep -q "Cutting" shown.json || fail_test "the factory can be read"
  works passport preview shown.json --json
  expect_json '[log["name"] for log in value["logs"] if log["role"] == "factory"]' "[null]"
  expect_json '[log["name"] for log in value["logs"] if log["role"] == "quarry operator"]' '["Hill Quarry Ltd"]'
  # Nobody stands between the quarry and the factory, which made the items.
  works passport withhold delivery.json --intermediaries --json -o alone.json
  expect_json 'len(value["dropped"])' 0
  quarrymark passport withhold delivery.json --intermediaries --me "Nobody Ltd" -o no.json
  expect_one_clear_line 2 "--me" "Nobody Ltd"
}

test_profiles_leave_out_what_their_reader_need_not_see() {
  make_story
  works passport export --dir quarry --event send --with-transport -o full.json
  works passport preview full.json
  expect_out "TSTU4001019"
  works passport preview full.json --profile customer
  expect_not_out "TSTU4001019"
  expect_out "Hill Quarry Ltd"
  works passport withhold delivery.json --profile customer -o customer.json
  check_delivery customer.json
  expect_code 0
  works passport withhold delivery.json --profile public -o public.json
  works passport preview public.json --json
  expect_json 'sorted(log["role"] for log in value["logs"] if log["name"])' '["authority", "registrar"]'
  works passport withhold full.json --profile assessor --json -o assessor.json
  expect_json 'len(value["dropped"])' 0
  quarrymark passport withhold full.json --profile everybody -o no.json
  expect_one_clear_line 2 "--profile" "assessor, customer, public"
  quarrymark passport withhold full.json -o no.json
  expect_one_clear_line 2 "nothing to withhold"
}

test_preview_tells_what_a_reader_could_still_infer() {
  make_story
  works passport preview delivery.json --party "Cutting Works" --with block.json --with delivery.json
  for words in "name withheld" "factory, BE, admitted" "the same party in" "its log holds" "Withheld, and seen to be" \
    "gross 2600 x 1700 x 1300" "H-1" "is in delivery.json as well, and is named there: Cutting Works"; do
    expect_out "$words"
  done
  quarrymark passport preview delivery.json --with contract.json
  expect_one_clear_line 1 "contract.json"
  quarrymark passport preview delivery.json --party "Cuting Works"
  expect_one_clear_line 1 "Cuting Works"
}

test_export_says_what_it_left_out() {
  make_story
  works passport export --dir quarry --event send -o left.json
  expect_out "Left out: container, seal and carrier of 1 event (--with-transport shows them)"
  works passport export --dir quarry --event send --json -o left.json --force
  expect_json 'value["left_out"]["transport"]' 1
  echo '{"type": "document", "fields": {"about": {"event": "key:dig"}, "document": {"kind": "Photo of the block", "digest": "RtOVf5n8gWqHcJ1yqk0oQbq8v3Qm3dPZkFv0c7m1w2A"}}}' >photo.ndjson
  works record --dir quarry photo.ndjson
  works passport export --dir quarry --event send -o left.json --force
  expect_out "Left out: 1 photo (--with-photos shows their digests)"
  works passport export --dir quarry --event send --with-photos --with-transport -o all.json
  expect_not_out "Left out"
}

erase_quarry() { quarrymark erase --dir quarry --reason "asked for by the person named" "$@"; }

test_erased_field_is_gone_from_the_store_and_said_to_be() {
  make_story
  cat >person.ndjson <<'EOF2'
{"type": "attest", "key": "seen", "fields": {"about": {"event": "key:dig"}, "kind": "confirm", "statement": {"text": "Foreman Peeters saw it"}}}
EOF2
  works record --dir quarry person.ndjson
  works passport export --dir quarry --event seen -o before.json
  works passport preview before.json
  salted="$(/usr/bin/python3 - <<'EOF2'
import base64, json
for packet in json.load(open("before.json"))["packets"]:
    for disclosures in packet["disclosures"]:
        for text in disclosures:
            if b"Foreman" in base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)):
                print(text[3:31])
EOF2
)"
  [[ -n "$salted" ]] || fail_test "the statement is not in the passport"

  erase_quarry --event seen --field statement
  expect_code 0
  expect_out "Erased statement of the attest"
  expect_out "nothing is left"
  expect_out "copies at partners"
  ! grep -rqF -- "$salted" quarry || fail_test "the bytes are still in the directory"
  works log verify --dir quarry

  # Passports made afterwards show it as withheld, and that it was erased.
  works passport export --dir quarry --event dig -o after.json
  works passport verify after.json --trust trust.json
  expect_out "the statement of the attest"
  expect_out "was erased for good by Hill Quarry Ltd"
  expect_out "asked for by the person named"

  # The old request does not bring it back, and nothing is erased twice.
  quarrymark record --dir quarry person.ndjson
  expect_one_clear_line 1 "used before with other content"
  erase_quarry --event seen --field statement
  expect_one_clear_line 1 "before"
}

test_what_is_never_erased_is_refused() {
  make_story
  works log checkpoint --dir quarry
  before="$out"
  local field
  for field in event out.0 to device; do
    erase_quarry --event send --field "$field"
    expect_one_clear_line 1 "never erased"
  done
  erase_quarry --event dig --field waste
  expect_one_clear_line 1 "it has"
  erase_quarry --event nothing --field party
  expect_one_clear_line 1 "nothing"
  quarrymark erase --dir quarry --event dig --field party --reason " "
  expect_one_clear_line 2 "--reason"
  quarrymark erase --dir quarry --event dig --field party
  expect_code 2
  expect_err "--reason is required"
  works log checkpoint --dir quarry
  [[ "$out" == "$before" ]] || fail_test "the log changed"
}
