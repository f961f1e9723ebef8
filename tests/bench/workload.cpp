#include "tests/bench/workload.h"

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/entry/disclosure.h"
#include "ledger/entry/head.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

namespace quarrymark::bench {
namespace {

using json::Array;
using json::Object;

json::Value dimensions(std::int64_t l, std::int64_t w, std::int64_t h) {
  return Array{json::Value(l), json::Value(w), json::Value(h)};
}

std::vector<entry::Disclosure> make_fields(std::uint64_t number) {
  const auto wobble = static_cast<std::int64_t>(number % 97);
  std::vector<entry::Disclosure> fields;
  fields.push_back(entry::make_disclosure("block", Object{{"number", cat("SOI-", number)}}));
  fields.push_back(entry::make_disclosure("how", Object{{"by", "scanned"}, {"person", "p. 14"}}));
  fields.push_back(entry::make_disclosure(
      "out.0", Object{{"aliases", Array{cat("SOI-", number)}},
                      {"amount", 1},
                      {"item", cat("7Z3K9QF2M4XW", 1000 + number % 9000, "A")},
                      {"kind", "block"},
                      {"measure", Object{{"gross", dimensions(2600 + wobble, 1700, 1300)},
                                         {"mass", 13'900'000 + wobble * 1000},
                                         {"net", dimensions(2500 + wobble, 1600, 1200)}}},
                      {"unit", "piece"}}));
  fields.push_back(
      entry::make_disclosure("party", Object{{"name", "Example Quarries of Soignies"}}));
  fields.push_back(
      entry::make_disclosure("permit", Object{{"number", "P-2025-118"}, {"until", "2031-12-31"}}));
  fields.push_back(entry::make_disclosure(
      "site", Object{{"parcel", "B 114"}, {"site", std::string(kHashTextSize, 'A')}}));
  fields.push_back(entry::make_disclosure(
      "stone", Object{{"family", "bluestone"}, {"name", "Example Bluestone"}}));
  return fields;
}

}  // namespace

log::Prepared make_event(const std::string& origin, std::uint64_t number) {
  std::vector<entry::Disclosure> fields = make_fields(number);
  entry::Head head;
  head.type = "extract";
  head.log = origin;
  head.at = "2026-03-02T09:14:03+01:00";
  head.outputs = 1;
  for (const entry::Disclosure& field : fields) head.fields.emplace_back(field.name, field.digest);
  entry::Disclosure made = entry::make_disclosure(entry::kHeadName, entry::head_value(head));
  log::Prepared event;
  event.event = entry::event_id(made);
  event.head = std::move(made.text);
  for (entry::Disclosure& field : fields) event.disclosures.push_back(std::move(field.text));
  event.key = cat("soi-", number);
  event.content = event.event.hash;
  return event;
}

std::vector<log::Prepared> make_events(const std::string& origin, std::uint64_t first,
                                       std::size_t count) {
  std::vector<log::Prepared> events;
  events.reserve(count);
  for (std::size_t i = 0; i < count; ++i) events.push_back(make_event(origin, first + i));
  return events;
}

ScratchDirectory::ScratchDirectory(const std::string& parent) {
  path_ = parent + "/quarrymark_bench_XXXXXX";
  if (::mkdtemp(path_.data()) == nullptr)
    give_up({Errc::kIo, cat("cannot make a directory in ", parent), {}});
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

ScratchLog::ScratchLog(const std::string& parent, const crypto::SigningKey& key,
                       log::Journal* journal)
    : directory_(parent) {
  store::Options options;
  options.create = true;
  store_ = value_of(store::Store::open(directory_.path(), options));
  value_of(log::Log::create(*store_, 1, key));
  log::LogOptions log_options;
  log_options.head_file = directory_.path() + "/head";
  log_options.journal = journal;
  log_ = value_of(log::Log::open(*store_, 1, key, clock_, guard_, log_options));
}

void give_up(const Error& error) {
  std::fprintf(stderr, "quarrymark_bench: %s\n", to_string(error).c_str());
  std::exit(1);
}

}  // namespace quarrymark::bench
