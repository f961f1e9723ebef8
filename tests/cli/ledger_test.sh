# What a node tells of its own ledger: chains, recall, stock, what is left of a block; fsck.

works() {
  quarrymark "$@"
  expect_code 0
}

make_yard() {
  works init yard --name "Hill Yard" --role "quarry operator" --country BE
  cat >events.ndjson <<'EOT'
{"type": "site", "key": "hill", "at": "2025-01-02T09:00:00+01:00", "fields": {"site": {"kind": "quarry", "name": "Hill", "quarry": "Hill quarry", "country": "BE"}}}
{"type": "extract", "key": "dig", "at": "2025-02-03T09:00:00+01:00", "outputs": [{"kind": "block", "aliases": ["H-1"], "measure": {"gross": [2800, 1700, 1600], "net": [2700, 1600, 1500]}}], "fields": {"site": {"site": "Hill"}, "stone": {"name": "Hill Blue", "family": "bluestone"}, "block": {"number": "1"}}}
{"type": "extract", "key": "dig2", "at": "2025-02-04T09:00:00+01:00", "outputs": [{"kind": "block", "aliases": ["H-2"], "measure": {"gross": [2800, 1700, 1600]}}], "fields": {"site": {"site": "Hill"}, "stone": {"name": "Hill Blue", "family": "bluestone"}, "block": {"number": "2"}}}
{"type": "split", "key": "saw", "at": "2025-03-01T09:00:00+01:00", "inputs": ["H-1"], "outputs": [{"kind": "slab", "count": 40, "aliases": ["S{n}"], "measure": {"size": [2700, 1500, 30]}}], "fields": {"saw": {"axis": "w", "kerf": 7, "thickness": 30}}}
{"type": "dispatch", "key": "sell", "at": "2025-04-01T09:00:00+02:00", "inputs": ["S1", "S2"], "fields": {"to": {"name": "A <mason> & sons"}}}
EOT
  works record --dir yard events.ndjson
}

test_recall_says_who_has_what() {
  make_yard
  works item recall --dir yard H-1
  expect_out "40 other items"
  expect_out "Held by Hill Yard: 38 slabs"
  expect_out "Dispatched to A <mason> & sons, who has no log: 2 slabs"
  expect_out "last dispatched 2025-04-01 by Hill Yard"
  works item recall --dir yard H-1 --json
  expect_json 'value["descendants"]' 40
  expect_json 'sorted((g["whereabouts"], len(g["items"])) for g in value["groups"])' '[["held", 38], ["left", 2]]'
  quarrymark item recall --dir yard H-9
  expect_one_clear_line 1 "H-9"
}

test_stock_is_what_is_held_now_or_was_on_a_day() {
  make_yard
  works item stock --dir yard
  expect_out "Hill Blue, slab: 38 pieces in 38 items"
  works item stock --dir yard --at 2025-02-28 --json
  expect_json 'value[0]["kind"], value[0]["amount"], value[0]["site"], len(value)' '["block", 2, "Hill", 1]'
  works item stock --dir yard --site Nowhere
  expect_out "Nothing."
  quarrymark item stock --dir yard --at 2025-02-30
  expect_one_clear_line 2 "--at" "2025-02-30"
}

test_remaining_says_what_the_balance_would_let_pass() {
  make_yard
  works item remaining --dir yard H-2
  expect_out "at most 46 slabs"
  works item remaining --dir yard H-2 --thickness 80 --kerf 8 --json
  expect_json 'value["at_most"], value["kerf"], value["axis"]' '[19, 8, "w"]'
  works item remaining --dir yard H-1
  expect_out "Nothing of the block is left to saw."
  quarrymark item remaining --dir yard S3
  expect_code 1
  expect_err "expected a block"
  quarrymark item remaining --dir yard H-2 --thickness 0
  expect_one_clear_line 2 "--thickness"
}

test_a_chain_is_drawn_the_same_each_time_and_never_over_a_file() {
  make_yard
  works item trace --dir yard H-1 --forward --svg chain.svg
  works item trace --dir yard H-1 --forward --svg again.svg
  cmp chain.svg again.svg || fail_test "two drawings of one chain differ"
  python3 -c 'import xml.dom.minidom; xml.dom.minidom.parse("chain.svg")' || fail_test "not XML"
  grep -q "40 slabs" chain.svg || fail_test "slabs are not counted"
  quarrymark item trace --dir yard H-1 --forward --svg chain.svg
  expect_one_clear_line 1 "chain.svg"
  works item trace --dir yard H-1 --forward --svg chain.svg --force
}

test_fsck_finds_nothing_wrong_and_rebuilding_changes_nothing() {
  make_yard
  works fsck --dir yard
  expect_out "states: "
  expect_out "all as the logs say"
  works fsck --dir yard --rebuild --json
  expect_json 'value["sound"], value["rebuilt"], sum(t["missing"] + t["different"] + t["invented"] for t in value["tables"])' '[true, true, 0]'
  [[ ! -e yard/fsck ]] || fail_test "fsck leaves something behind"
  quarrymark fsck --dir nowhere
  expect_one_clear_line 1 "nowhere"
}
