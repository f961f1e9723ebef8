# How many crates to scan (DOMAIN §5: 16 of 26 finds one of 3 bad ones with 95 %).

test_sample_says_how_many_to_scan() {
  quarrymark contract sample --crates 26
  expect_code 0
  expect_out "Scan 16 of 26, chosen at random: at least one of 3 bad is then found with 95.3 %, a single bad one with 61.5 %."
  quarrymark contract sample --crates 26 --bad 1 --confidence 1000 --json
  expect_code 0
  expect_json 'value["scan"]' 26
}

test_sample_refuses_what_cannot_be() {
  quarrymark contract sample --crates 26 --bad 27
  expect_one_clear_line 2 "--bad" "expected 1 to 26, got 27"
  quarrymark contract sample --crates 0
  expect_one_clear_line 2 "--crates" "expected 1 to 1000000, got 0"
  quarrymark contract sample --crates 26 --confidence 1001
  expect_one_clear_line 2 "--confidence" "expected 1 to 1000, got 1001"
}
