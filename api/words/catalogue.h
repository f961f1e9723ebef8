// A file of schemas/words as a flat table from key ("verdict.match.heading") to text.
#pragma once

#include "ledger/base/result.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::words {

struct Catalogue {
  std::map<std::string, std::string, std::less<>> texts;
  std::vector<std::int64_t> one;     // numbers that take the first of two forms
  std::vector<std::int64_t> groups;  // sizes of groups of digits from the right
  std::vector<std::string> months;
};

// kMalformed when it is no file of words.
Result<Catalogue> parse_catalogue(std::string_view json);

}  // namespace quarrymark::words
