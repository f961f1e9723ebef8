// The names a node's people use for other logs: contacts.json, a JSON object name → vkey that
// people edit. Names compare as FORMATS.md says (NFC, trimmed).
#pragma once

#include "ledger/base/result.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::record {

class Contacts {
 public:
  // No file: no contacts. kMalformed names the contact whose vkey is none.
  static Result<Contacts> load(const std::string& path);
  Status save(const std::string& path) const;

  // kMalformed: `vkey` is none of a log (type 0x01, name = origin).
  Status add(std::string_view name, std::string_view vkey);
  std::vector<std::string> find(std::string_view name) const;  // origins, distinct
  std::string name_of(std::string_view origin) const;          // empty: nobody we know
  const std::map<std::string, std::string>& entries() const { return vkeys_; }

 private:
  std::map<std::string, std::string> vkeys_;  // name as written → vkey
};

}  // namespace quarrymark::record
