#include "node/demo/place_names.h"

#include "ledger/base/text.h"

#include <cctype>

namespace quarrymark::demo {

std::string file_word(const std::string& key) {
  std::string word = key;
  for (char& c : word)
    if (!std::isalnum(static_cast<unsigned char>(c)) && c != '.' && c != '-') c = '_';
  return word;
}

std::string PlaceNames::node(const std::string& code) const { return cat(root_, "/nodes/", code); }

std::string PlaceNames::device(const std::string& code) const {
  return cat(root_, "/devices/", code, ".pem");
}

std::string PlaceNames::admission(const std::string& code) const {
  return cat(root_, "/admissions/", code, ".json");
}

std::string PlaceNames::hand_over(const std::string& from, const std::string& to,
                                  const std::string& key) const {
  return cat(root_, "/hand-overs/", from, "-", to, "-", file_word(key), ".json");
}

std::string PlaceNames::labels(const std::string& contract, std::size_t sheet) const {
  return cat(root_, "/labels/", contract, "-", sheet, ".png");
}

std::string PlaceNames::trust(const std::string& authority) const {
  return cat(root_, "/authorities/", authority, "/trust.json");
}

std::string PlaceNames::desk(const std::string& authority, const std::string& contract) const {
  return cat(root_, "/authorities/", authority, "/", contract);
}

}  // namespace quarrymark::demo
