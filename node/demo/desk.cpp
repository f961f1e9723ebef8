#include "node/demo/desk.h"

#include "api/check.h"
#include "ledger/base/text.h"
#include "ledger/json/writer.h"
#include "ledger/passport/packet.h"
#include "node/files/files.h"

#include <algorithm>

namespace quarrymark::demo {
namespace {

constexpr std::size_t kMaxOtherBytes = 16u << 20;

Result<api::NamedBytes> load(const std::string& path, std::size_t limit) {
  QM_TRY(std::string bytes, files::read(path, limit));
  return api::NamedBytes{path, std::move(bytes)};
}

}  // namespace

std::string Desk::path(const std::string& name) const { return cat(directory_, "/", name); }

Status Desk::open(const std::string& contract_bytes) {
  QM_TRY_VOID(files::make_directory(path("passports")));
  return files::write(path("contract.json"), contract_bytes, files::Existing::kReplace);
}

Status Desk::put_passport(const std::string& name, const std::string& bytes) {
  const std::string file = path(cat("passports/", name, ".json"));
  QM_TRY_VOID(files::write(file, bytes, files::Existing::kReplace));
  if (std::find(passports_.begin(), passports_.end(), file) == passports_.end())
    passports_.push_back(file);
  return {};
}

Status Desk::put_scans(const std::vector<std::string>& contents) {
  has_scans_ = true;
  return files::write(path("scans.json"),
                      json::write_indented(json::Array(contents.begin(), contents.end())),
                      files::Existing::kReplace);
}

Status Desk::put_sightings(const json::Array& sightings) {
  has_sightings_ = true;
  return files::write(path("sightings.json"), json::write_indented(sightings),
                      files::Existing::kReplace);
}

Result<custody::Report> Desk::check(UtcTime date) const {
  api::CheckRequest request;
  request.date = date;
  QM_TRY(request.trust, load(trust_, kMaxOtherBytes));
  QM_TRY(request.contract, load(path("contract.json"), kMaxOtherBytes));
  if (has_scans_) {
    QM_TRY(request.scans, load(path("scans.json"), kMaxOtherBytes));
  }
  if (has_sightings_) {
    QM_TRY(request.sightings, load(path("sightings.json"), kMaxOtherBytes));
  }
  for (const std::string& file : passports_) {
    QM_TRY(api::NamedBytes passport, load(file, passport::kMaxPassportBytes));
    request.passports.push_back(std::move(passport));
  }
  return api::run_check(request);
}

std::vector<std::string> Desk::arguments(UtcTime date) const {
  std::vector<std::string> out = {"contract", "check", "--contract", path("contract.json"),
                                  "--trust",  trust_,  "--date",     format_date(date)};
  if (has_scans_) out.insert(out.end(), {"--scans", path("scans.json")});
  if (has_sightings_) out.insert(out.end(), {"--sightings", path("sightings.json")});
  out.insert(out.end(), passports_.begin(), passports_.end());
  return out;
}

}  // namespace quarrymark::demo
