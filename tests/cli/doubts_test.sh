# What is doubtful is recorded all the same, and flagged.

works() {
  quarrymark "$@"
  expect_code 0
}

# Block KHM-0418 of the worked data set, saved with 4.15 m for its height.
dig_0418() {
  works init quarry --name "Khammam Black" --role "quarry operator" --country IN
  cat >site.ndjson <<'EOF'
{"type": "site", "key": "khm", "fields": {"site": {"kind": "quarry", "name": "KHM", "quarry": "KHM", "country": "IN"}}}
EOF
  works record --dir quarry site.ndjson
  cat >dig.ndjson <<'EOF'
{"type": "extract", "key": "0417", "at": "2025-02-03T09:00:00+05:30", "outputs": [{"kind": "block", "aliases": ["KHM-0417"], "measure": {"gross": [2800, 1700, 1600], "net": [2700, 1600, 1500], "mass": 20600000}}], "fields": {"site": {"site": "KHM"}, "stone": {"name": "Khammam black", "family": "dolerite"}, "block": {"number": "0417"}}}
{"type": "extract", "key": "0418", "at": "2025-02-03T10:00:00+05:30", "outputs": [{"kind": "block", "aliases": ["KHM-0418"], "measure": {"gross": [2700, 1600, 4250], "net": [2600, 1500, 4150], "mass": 18000000}}], "fields": {"site": {"site": "KHM"}, "stone": {"name": "Khammam black", "family": "dolerite"}, "block": {"number": "0418"}}}
EOF
}

said="doubtful: line 2, extract: the weight and size of block KHM-0418 imply 0.98 to 1.11 t/m³, which is not dolerite; a height of 1.45 m would fit"

test_a_swapped_height_is_doubted_suggested_saved_and_gone_when_corrected() {
  dig_0418
  works record --dir quarry dig.ndjson
  [[ "$err" == "$said" ]] || fail_test "expected on the standard error: $said"
  expect_out "KHM-0418"
  works item show --dir quarry KHM-0418
  expect_out "imply 0.98 to 1.11 t/m³, which is not dolerite; a height of 1.45 m would fit"
  works item show --dir quarry KHM-0418 --json
  expect_json 'value["doubts"][0]["code"]' density_contradiction
  works item show --dir quarry KHM-0417 --json
  expect_json 'value["doubts"]' "[]"
  cat >fix.ndjson <<'EOF'
{"type": "correct", "key": "fix", "outputs": [{"measure": {"gross": [2700, 1600, 1550], "net": [2600, 1500, 1450], "mass": 18000000}}], "fields": {"corrects": {"event": "key:0418"}, "reason": {"text": "height typed with its digits swapped"}}}
EOF
  works record --dir quarry fix.ndjson
  expect_quiet_err
  works item show --dir quarry KHM-0418 --json
  expect_json 'value["doubts"]' "[]"
}

test_doubts_stand_with_their_receipts_in_json() {
  dig_0418
  works record --dir quarry dig.ndjson --json
  expect_json 'value["events"][0]["doubts"]' "[]"
  expect_json '[d["code"] for d in value["events"][1]["doubts"]]' '["density_contradiction"]'
  expect_json 'value["events"][1]["doubts"][0]["suggestion"]' "a height of 1.45 m would fit"
  expect_json 'value["events"][1]["doubts"][0]["facts"]' '{"highest_kg_per_m3": 1112, "lowest_kg_per_m3": 980}'
}

test_a_dry_run_doubts_and_records_nothing() {
  dig_0418
  works record --dir quarry --dry-run dig.ndjson
  [[ "$err" == "$said" ]] || fail_test "expected on the standard error: $said"
  expect_out "2 events can be recorded; nothing was"
  works record --dir quarry --dry-run dig.ndjson --json
  expect_json '[(d["line"], d["code"]) for d in value["doubts"]]' '[[2, "density_contradiction"]]'
  works record --check --dir quarry dig.ndjson
  [[ "$err" == "$said" ]] || fail_test "expected on the standard error: $said"
  quarrymark item show --dir quarry KHM-0418
  expect_code 1
}

# Refused by nobody, said at once.
test_slabs_loads_and_order_are_doubted_when_they_are_recorded() {
  dig_0418
  works record --dir quarry dig.ndjson
  cat >saw.ndjson <<'EOF'
{"type": "split", "key": "saw", "at": "2025-02-04T10:00:00+05:30", "inputs": ["KHM-0417"], "outputs": [{"kind": "slab", "count": 26, "aliases": ["0417/{n}"], "measure": {"size": [2650, 1450, 60]}}], "fields": {"saw": {"axis": "w", "kerf": 7, "thickness": 60}}}
{"type": "dispatch", "key": "send", "at": "2025-02-04T09:00:00+05:30", "inputs": ["0417/1"], "fields": {"to": {"name": "Example Buyer"}, "transport": {"container": "TSTU4001018"}}}
EOF
  works record --dir quarry saw.ndjson
  expect_err "doubtful: line 1, split: 26 slabs"
  expect_err "at most 25 are possible"
  expect_err "doubtful: line 2, dispatch: container number TSTU4001018 of the dispatch of 2025-02-04 ends in 8, its check digit is 9"
  expect_err "the dispatch dated 2025-02-04T09:00:00+05:30 follows the split dated 2025-02-04T10:00:00+05:30, which is later"
}
