#include "api/check.h"

#include "api/error_json.h"
#include "ledger/judge/judge.h"
#include "ledger/passport/verify.h"

#include <string_view>

namespace quarrymark::api {
namespace {

tl::unexpected<Error> wrong(const NamedBytes& file, const Error& error) {
  return tl::unexpected<Error>(in_file(file.name, error));
}

}  // namespace

Result<custody::Report> run_check(const CheckRequest& request) {
  auto trust = passport::parse_trust(request.trust.bytes);
  if (!trust) return wrong(request.trust, trust.error());

  custody::Question question;
  question.date = request.date;
  if (request.contract) {
    auto contract = custody::parse_contract_file(request.contract->bytes);
    if (!contract) return wrong(*request.contract, contract.error());
    question.contract = std::move(*contract);
  }
  if (request.scans) {
    auto scans = custody::parse_scans_file(request.scans->bytes);
    if (!scans) return wrong(*request.scans, scans.error());
    question.scans = std::move(*scans);
  }
  if (request.sightings) {
    auto sightings = custody::parse_sightings_file(request.sightings->bytes);
    if (!sightings) return wrong(*request.sightings, sightings.error());
    question.sightings = std::move(*sightings);
  }

  std::vector<std::string_view> passports;
  for (const NamedBytes& file : request.passports) passports.emplace_back(file.bytes);
  passport::Checked checked = passport::check_passports(passports, *trust);
  return custody::judge(checked.evidence, question, std::move(checked.findings));
}

}  // namespace quarrymark::api
