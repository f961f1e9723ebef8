// Collects what is wrong with passports, each with the place where it was met.
#pragma once

#include "ledger/custody/event.h"
#include "ledger/judge/verdict.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::passport {

struct Place {
  std::size_t passport = 0;  // counting from 1
  std::size_t packet = 0;    // counting from 1; 0: the passport as a whole
  custody::Origin log;       // empty while it is not known
  std::optional<std::uint64_t> seq;
};

// An origin as people can tell it from others in one report: "quarrymark/AbCdEfGh…".
std::string short_origin(std::string_view origin);

class FindingList {
 public:
  // `what` says expected and got; `field` where inside the place.
  void add(std::string_view code, const Place& place, std::string_view what,
           std::string_view field = {});
  void add(std::string_view code, const Place& place, const Error& error) {
    add(code, place, error.message, error.field);
  }

  std::size_t size() const { return findings_.size(); }
  std::vector<custody::Finding> take() { return std::move(findings_); }

 private:
  std::vector<custody::Finding> findings_;
};

}  // namespace quarrymark::passport
