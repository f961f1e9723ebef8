#include "ledger/judge/scan.h"

#include "ledger/base/text.h"
#include "ledger/json/object_reader.h"
#include "ledger/json/reader.h"
#include "ledger/judge/value_file.h"

namespace quarrymark::custody {
namespace {

constexpr std::size_t kMaxScans = 100'000;
constexpr std::size_t kItemSize = 17, kSerialSize = 8;  // DESIGN.md §11

Result<Scan> parse_scan(const json::Value& value) {
  if (const std::string* content = value.if_string()) return scan_of(*content);
  if (value.find("sig") != nullptr) {
    QM_TRY(Sighting sighting, parse_sighting(value));
    Scan scan;
    scan.item = sighting.item;
    scan.serial = sighting.serial;
    if (scan.item.empty()) scan.alias = sighting.alias;
    scan.content = scan.item.empty() ? scan.alias : scan.item;
    scan.sighting = std::move(sighting);
    return scan;
  }
  QM_TRY(auto reader, json::ObjectReader::open(value, json::ObjectReader::Order::kAny));
  QM_TRY(const auto label, reader.optional_string("label"));
  QM_TRY(const auto item, reader.optional_string("item"));
  QM_TRY(const auto serial, reader.optional_string("serial"));
  QM_TRY(const auto alias, reader.optional_string("alias"));
  QM_TRY(const auto at, reader.optional_string("at"));
  QM_TRY_VOID(reader.finish());
  Scan scan = label ? scan_of(*label) : Scan{};
  if (item) scan.item = *item;
  if (serial) scan.serial = *serial;
  if (alias && scan.item.empty()) scan.alias = *alias;
  if (scan.item.empty() && scan.alias.empty())
    return fail(Errc::kMalformed, "expected a label, an item number or an alias");
  if (scan.content.empty()) scan.content = scan.item.empty() ? scan.alias : scan.item;
  return scan;
}

}  // namespace

Scan scan_of(std::string_view content) {
  Scan scan;
  scan.content = content;
  constexpr std::string_view scheme = "HTTPS://", path = "/Q/";
  if (content.starts_with(scheme)) {
    const std::size_t at = content.find(path, scheme.size());
    if (at != std::string_view::npos) {
      const std::string_view rest = content.substr(at + path.size());
      if (rest.size() == kItemSize + 1 + kSerialSize && rest[kItemSize] == '/') {
        scan.item = rest.substr(0, kItemSize);
        scan.serial = rest.substr(kItemSize + 1);
        return scan;
      }
    }
  }
  scan.alias = content;
  return scan;
}

Result<std::vector<Scan>> parse_scans_file(std::string_view text) {
  std::vector<Scan> scans;
  const auto read_line = [](std::string_view line) -> Result<json::Value> {
    // A bare label on a line is what a hardware scanner types.
    if (line.front() != '{' && line.front() != '"') return json::Value(line);
    return json::parse_input(line);
  };
  QM_TRY_VOID(for_each_value(text, read_line, [&](const json::Value& value) -> Status {
    QM_TRY(Scan scan, parse_scan(value));
    if (scans.size() == kMaxScans)
      return fail(Errc::kTooLarge, cat("expected at most ", kMaxScans, " scans"));
    scans.push_back(std::move(scan));
    return {};
  }));
  return scans;
}

}  // namespace quarrymark::custody
