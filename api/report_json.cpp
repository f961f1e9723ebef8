#include "api/report_json.h"

#include "api/standing.h"
#include "api/text_or_null.h"

namespace quarrymark::api {
namespace {

json::Value verdict_or_null(const std::optional<custody::Verdict>& verdict) {
  return verdict ? json::Value(custody::verdict_name(*verdict)) : json::Value(nullptr);
}

json::Array texts(const std::vector<std::string>& values) {
  return json::Array(values.begin(), values.end());
}

json::Value amount_json(std::int64_t value, custody::Unit unit, const std::string& text) {
  return json::Object{{"value", value}, {"unit", custody::unit_name(unit)}, {"text", text}};
}

json::Value criterion_json(const custody::CriterionLine& line, custody::Unit unit) {
  return json::Object{{"criterion", line.criterion},
                      {"named", line.named},
                      {"supported", line.supported},
                      {"declared", line.declared},
                      {"contradicted", line.contradicted},
                      {"unknown", line.unknown},
                      {"unchecked", line.unchecked},
                      {"unit", custody::unit_name(unit)},
                      {"status", custody::standing_name(worst_standing(line))}};
}

json::Value quantity_json(const custody::QuantityLine& line) {
  return json::Object{
      {"status", line.standing},     {"delivered", line.delivered},           {"named", line.named},
      {"tolerance", line.tolerance}, {"unit", custody::unit_name(line.unit)}, {"text", line.text}};
}

json::Value finding_json(const custody::Finding& finding) {
  return json::Object{{"code", finding.code},
                      {"verdict", verdict_or_null(finding.verdict)},
                      {"sentence", finding.sentence},
                      {"ask", finding.ask},
                      {"facts", finding.facts}};
}

json::Array findings_json(const std::vector<custody::Finding>& findings) {
  json::Array out;
  for (const custody::Finding& finding : findings) out.push_back(finding_json(finding));
  return out;
}

json::Value share_json(const custody::ShareLine& share) {
  return json::Object{{"per_mille", share.per_mille},
                      {"amount", share.amount},
                      {"quarry", text_or_null(share.quarry)},
                      {"area", text_or_null(share.area)},
                      {"parcel", text_or_null(share.parcel)},
                      {"operator", text_or_null(share.operator_name)},
                      {"factory", text_or_null(share.factory)},
                      {"stone", text_or_null(share.stone)},
                      {"block", text_or_null(share.block)},
                      {"status", custody::standing_name(share.standing)},
                      {"stated_by", share.stated_by}};
}

json::Value unit_json(const custody::UnitLine& line, custody::Unit unit) {
  json::Array shares;
  for (const custody::ShareLine& share : line.shares) shares.push_back(share_json(share));
  return json::Object{{"item", line.item},
                      {"aliases", texts(line.aliases)},
                      {"amount", line.amount},
                      {"unit", custody::unit_name(unit)},
                      {"verdict", verdict_or_null(line.verdict)},
                      {"scanned", line.scanned},
                      {"shares", std::move(shares)},
                      {"findings", findings_json(line.findings)}};
}

json::Value claim_json(const custody::ClaimLine& line) {
  json::Array shares;
  for (const custody::ClaimShare& share : line.shares)
    shares.push_back(json::Object{{"value", text_or_null(share.value)},
                                  {"of", text_or_null(share.of)},
                                  {"status", custody::standing_name(share.standing)},
                                  {"per_mille", share.per_mille},
                                  {"amount", share.amount}});
  return json::Object{{"level", line.level}, {"shares", std::move(shares)}};
}

json::Value step_json(const custody::StepLine& step) {
  return json::Object{{"type", step.type},
                      {"by", step.by},
                      {"role", step.role},
                      {"country", step.country},
                      {"at", step.at},
                      {"date_known_by", step.date_known_by},
                      {"independence", step.independence},
                      {"device_signed", step.device_signed}};
}

}  // namespace

json::Value report_json(const custody::Report& report) {
  json::Array criteria, quantity, units, claims, steps;
  for (const auto& line : report.claims) claims.push_back(claim_json(line));
  for (const auto& line : report.criteria) criteria.push_back(criterion_json(line, report.unit));
  for (const auto& line : report.quantity) quantity.push_back(quantity_json(line));
  for (const auto& line : report.units) units.push_back(unit_json(line, report.unit));
  for (const auto& step : report.steps) steps.push_back(step_json(step));
  return json::Object{{"v", 1},
                      {"verdict", verdict_or_null(report.verdict)},
                      {"contract", text_or_null(report.contract)},
                      {"date", report.date},
                      {"sentence", report.sentence},
                      {"amount", amount_json(report.amount, report.unit, report.amount_text)},
                      {"covered", amount_json(report.covered, report.unit, report.covered_text)},
                      {"criteria", std::move(criteria)},
                      {"quantity", std::move(quantity)},
                      {"documents", report.documents},
                      {"units", std::move(units)},
                      {"claims", std::move(claims)},
                      {"findings", findings_json(report.findings)},
                      {"steps", std::move(steps)},
                      {"chain_length", json::Object{{"hand_overs", report.hand_overs},
                                                    {"at_least", report.at_least}}},
                      {"withheld_parties", report.withheld_parties},
                      {"custody_model", text_or_null(report.custody_model)},
                      {"dates", texts(report.dates)},
                      {"slack", texts(report.slack)},
                      {"remarks", texts(report.remarks)},
                      {"scanned", report.scanned},
                      {"does_not_show", report.does_not_show}};
}

}  // namespace quarrymark::api
