// Looking for names that must not be read, in values and notes.
#pragma once

#include "ledger/json/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::passport {

// Case, width, composition and white space do not hide a name; see searchable_name(). Digests,
// keys and origins are random text in which a short name would be found by chance: they only
// count when the whole of them is the name. Names of up to three bytes have to stand apart from
// other letters, as they occur inside ordinary words.
class NameSearch {
 public:
  // Names without visible characters are left out.
  void add(std::string_view name);
  bool empty() const { return needles_.empty(); }

  bool is_one(std::string_view text) const;  // the whole text is one of the names
  bool found_in_text(std::string_view text) const;
  bool found_in_value(const json::Value& value) const;  // member names as well
  // Key names of the signatures, and what its lines say beside digests and keys. A note that
  // cannot be read is searched as text.
  bool found_in_note(std::string_view note) const;

 private:
  std::vector<std::string> needles_;
};

// "quarrymark/" and a digest.
bool is_origin_text(std::string_view text);

}  // namespace quarrymark::passport
