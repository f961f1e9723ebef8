# Passports as pages for readers, HTML and PDF, and the passports taken out of them again.

# Nodes and passports come from the tests of the chain.
source "$QUARRYMARK_ROOT/tests/cli/chain_test.sh"

languages="en nl zh hi te"
check_options=(--trust trust.json --contract contract.json --scans scans.json --date 2025-06-02)

# word LANGUAGE GROUP… : a text out of schemas/words.
word() {
  /usr/bin/python3 - "$QUARRYMARK_ROOT/schemas/words/$1.json" "${@:2}" <<'PYTHON'
import json, sys
value = json.load(open(sys.argv[1], encoding="utf-8"))
for name in sys.argv[2:]:
    value = value[name]
print(value)
PYTHON
}

# Text as it is compared: without white space, in one normal form.
expect_text_in() {
  /usr/bin/python3 - "$@" <<'PYTHON' || fail_test "expected in $1: $2"
import re, sys, unicodedata
flat = lambda text: re.sub(r"\s", "", unicodedata.normalize("NFC", text))
sys.exit(flat(sys.argv[2]) not in flat(open(sys.argv[1], encoding="utf-8").read()))
PYTHON
}

# inside FILE.html: the bytes that the page carries, by a second hand.
inside_html() {
  /usr/bin/python3 -c 'import base64, re, sys
found = re.findall(r"<script type=\"application/vnd.quarrymark.passport\" data-encoding=\"base64\">([A-Za-z0-9+/=]*)</script>", open(sys.argv[1], encoding="utf-8").read())
assert len(found) == 1, found
sys.stdout.buffer.write(base64.b64decode(found[0], validate=True))' "$1"
}

test_documents_in_five_languages_carry_their_passport() {
  make_chain
  local language file
  for language in $languages; do
    for file in html pdf; do
      works passport "$file" delivery.json "${check_options[@]}" --lang "$language" --presenter "Voorbeeld Import" -o "$language.$file"
      works passport "$file" delivery.json "${check_options[@]}" --lang "$language" --presenter "Voorbeeld Import" -o "again.$file" --force
      cmp "$language.$file" "again.$file" || fail_test "a second run gives another $language.$file"
    done
    inside_html "$language.html" | cmp - delivery.json || fail_test "$language.html carries another passport"
    pdfdetach -save 1 -o detached.json "$language.pdf" && cmp detached.json delivery.json ||
      fail_test "$language.pdf carries another passport"
    pdftotext -layout "$language.pdf" "$language.txt"
    for file in "$language.html" "$language.txt"; do
      expect_text_in "$file" "$(word "$language" verdict match heading)"
      expect_text_in "$file" "$(word "$language" document not_a_check)"
      expect_text_in "$file" "$(word "$language" limits text)"
      expect_text_in "$file" "$(word "$language" event extract)"
      expect_text_in "$file" "Voorbeeld Import"
      expect_text_in "$file" "Hill Quarry Ltd"
      expect_text_in "$file" "C-1"
    done
    grep -q "<html lang=\"$language\">" "$language.html" || fail_test "$language.html does not say its language"
    [[ "$(grep -c "<script" "$language.html")" == 1 ]] || fail_test "$language.html has another script"
  done
  [[ "$(pdfinfo nl.pdf | sed -n 's/^Title: *//p')" == "Steenpaspoort: C1" ]] || fail_test "nl.pdf has another title"
  pdfinfo -isodates nl.pdf | grep -q "^CreationDate: *2025-06-02" || fail_test "nl.pdf has another date"
  # The code in the document is the item's label.
  pdftoppm -r 200 -png nl.pdf page
  quarrymark label read page-*.png
  expect_out "HTTPS://LABEL.EXAMPLE/Q/"
}

test_documents_are_checked_as_their_passport_is() {
  make_chain
  check_delivery --date 2025-06-02 delivery.json
  cp out.txt expected.json
  local file
  for file in html pdf; do
    works passport "$file" delivery.json --trust trust.json --date 2025-06-02 -o "delivery.$file"
    check_delivery --date 2025-06-02 "delivery.$file"
    expect_code 0
    cmp out.txt expected.json || fail_test "delivery.$file is judged otherwise"
    check_delivery --date 2025-06-02 - <"delivery.$file"
    cmp out.txt expected.json || fail_test "delivery.$file from standard input is judged otherwise"
    quarrymark passport verify "delivery.$file" --trust trust.json
    expect_code 0
    expect_out "Origin shown"
    # Documents are made of documents too.
    works passport pdf "delivery.$file" --trust trust.json --date 2025-06-02 -o again.pdf --force
    pdfdetach -save 1 -o detached.json again.pdf && cmp detached.json delivery.json || fail_test "the passport was changed"
  done
}

test_what_a_document_says_of_itself_changes_nothing() {
  make_chain
  sed 's/Hill quarry/Other quarry/' contract.json >other.json
  # A page that says "does not match" edited into one that says the opposite, twice over.
  works passport html delivery.json --trust trust.json --contract other.json --date 2025-06-02 -o says.html
  grep -q "Does not match" says.html || fail_test "the page says something else"
  sed -i 's/Does not match/Records support this/g; s/Other quarry/Hill quarry/g; s/contradicted/supported/g' says.html
  sed -i 's#</main>#<script>verdict="match"</script></main>#' says.html
  # A PDF whose own contract matches, with its title edited, against the contract that does not.
  works passport pdf delivery.json "${check_options[@]}" -o says.pdf
  sed 's/Stone passport: C1/Stone passport: OK/' says.pdf >edited.pdf
  cmp -s says.pdf edited.pdf && fail_test "nothing was edited"
  local file
  for file in says.html says.pdf edited.pdf; do
    quarrymark contract check --contract other.json --trust trust.json --json "$file"
    expect_code 3
    expect_json 'value["verdict"]' mismatch
  done
  # A carried passport that was altered is refused by its proofs, whatever is printed around it.
  /usr/bin/python3 - <<'PYTHON'
import base64, json
passport = json.load(open("delivery.json"))
passport["packets"][0]["entries"][0] = passport["packets"][0]["entries"][0].replace('"time":"2', '"time":"3')
text = base64.b64encode(json.dumps(passport, separators=(",", ":")).encode()).decode()
open("forged.html", "w").write('<!doctype html><h1>Records support this</h1><script type="application/vnd.quarrymark.passport" data-encoding="base64">' + text + "</script>")
PYTHON
  check_delivery forged.html
  expect_code 3
  expect_json 'value["verdict"]' invalid
}

test_names_withheld_in_the_passport_are_not_in_the_document() {
  make_chain
  works passport withhold delivery.json --party "Hill Quarry Ltd" -o hidden.json
  local language
  for language in $languages; do
    works passport html hidden.json "${check_options[@]}" --lang "$language" -o "$language.html"
    works passport pdf hidden.json "${check_options[@]}" --lang "$language" -o "$language.pdf"
    pdftotext "$language.pdf" "$language.txt"
    ! grep -q "Hill Quarry" "$language.html" "$language.txt" || fail_test "the name is printed in $language"
    expect_text_in "$language.html" "$(word "$language" role "quarry operator")"
  done
}

test_withhold_and_record_take_passports_out_of_documents() {
  make_chain
  works passport html delivery.json --trust trust.json -o delivery.html
  works passport withhold delivery.html --party "Hill Quarry Ltd" -o from-html.json
  works passport withhold delivery.json --party "Hill Quarry Ltd" -o from-json.json
  cmp from-html.json from-json.json || fail_test "another passport came out"
  works passport pdf delivery.json --trust trust.json -o delivery.pdf
  works record --dir city --passport delivery.pdf
  expect_out "taken in"
}

test_documents_without_exactly_one_passport_are_refused() {
  make_chain
  works passport html delivery.json --trust trust.json -o good.html
  works passport pdf delivery.json --trust trust.json -o good.pdf
  sed 's/data-encoding/data-coding/' good.html >other.html
  { cat good.html; tail -n 3 good.html; } >twice.html
  sed 's#</script>##' good.html >open.html
  head -c 3000 good.pdf >cut.pdf
  sed 's/passport\.json/passport.jsom/g' good.pdf >none.pdf
  printf '%%PDF-1.7\n' >empty.pdf
  echo '<!doctype html><h1>Records support this</h1>' >none.html
  local file
  for file in other.html twice.html open.html none.html cut.pdf none.pdf empty.pdf; do
    check_delivery "$file"
    expect_one_clear_line 1 "$file"
    quarrymark passport html "$file" --trust trust.json -o made.html
    expect_one_clear_line 1 "$file"
    [[ ! -e made.html ]] || fail_test "something was written"
  done
  # What is no document is a passport that fails.
  echo 'nonsense' >nonsense
  check_delivery nonsense
  expect_code 3
  quarrymark passport pdf nonsense --trust trust.json -o made.pdf
  expect_one_clear_line 1 nonsense
}

# A wrong command line: exit code 2 and what is wrong.
expect_usage() {
  expect_code 2
  expect_err "$1"
}

test_documents_say_what_is_wrong_with_their_options() {
  make_chain
  quarrymark passport html delivery.json --trust trust.json --lang de -o made.html
  expect_usage "--lang: de"
  quarrymark passport html delivery.json -o made.html
  expect_usage "--trust"
  quarrymark passport pdf delivery.json --trust trust.json --date tomorrow -o made.pdf
  expect_usage "--date"
  quarrymark passport pdf delivery.json --trust trust.json --host "no host" -o made.pdf
  expect_usage "--host"
  quarrymark passport html delivery.json --trust trust.json --presenter "$(printf '%0300d' 0)" -o made.html
  expect_usage "--presenter"
  [[ ! -e made.html && ! -e made.pdf ]] || fail_test "something was written"
  works passport html delivery.json --trust trust.json -o made.html
  quarrymark passport html delivery.json --trust trust.json -o made.html
  expect_one_clear_line 1 "made.html" "exists"
  works passport html delivery.json --trust trust.json --json -o made.html --force
  expect_json 'value["verdict"]' null
}

test_pdf_names_the_font_package_that_is_missing() {
  make_chain
  mkdir fonts
  cat >fonts.conf <<CONF
<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>$PWD/fonts</dir><cachedir>$PWD/cache</cachedir></fontconfig>
CONF
  FONTCONFIG_FILE="$PWD/fonts.conf" quarrymark passport pdf delivery.json --trust trust.json -o made.pdf
  expect_one_clear_line 1 "fonts-noto-core"
  # Latin letters alone are not enough for Chinese.
  cp /usr/share/fonts/truetype/noto/NotoSans-*.ttf fonts/
  FONTCONFIG_FILE="$PWD/fonts.conf" quarrymark passport pdf delivery.json --trust trust.json --lang zh -o made.pdf
  expect_one_clear_line 1 "fonts-noto-cjk"
  FONTCONFIG_FILE="$PWD/fonts.conf" quarrymark passport pdf delivery.json --trust trust.json --lang hi -o made.pdf
  expect_one_clear_line 1 "fonts-noto-core"
  [[ ! -e made.pdf ]] || fail_test "something was written"
  FONTCONFIG_FILE="$PWD/fonts.conf" works passport pdf delivery.json --trust trust.json --lang nl -o made.pdf
}
