#include "ledger/record/field_shapes.h"

#include "ledger/json/reader.h"

#include <algorithm>

namespace quarrymark::record {
namespace {

using enum ShapeKind;
using Words = std::string_view[];

constexpr std::int64_t kMost = json::kMaxInteger;
constexpr bool kRequired = true;

constexpr Shape kName{kString, 1, 200};
constexpr Shape kText{kString, 1, 4000};
constexpr Shape kUnitTyped{kString, 1, 20};
constexpr Shape kValueTyped{kString, 1, 100};
constexpr Shape kAnyEvent{kEventName};
constexpr Shape kEventReference{kEventKey};
constexpr Shape kAnyLog{kLogName};
constexpr Shape kAnyItem{kItemName};
constexpr Shape kSighting{kSightingName};
constexpr Shape kSerialText{kOldSerial};
constexpr Shape kContractId{kString, 1, 100};
constexpr Shape kDigestText{kDigest};
constexpr Shape kDay{kDate};
constexpr Shape kDayOrNull{kDateOrNull};
constexpr Shape kYearlyDay{kDayOfYear};
constexpr Shape kCountryCode{kCountry};
constexpr Shape kContainerNumber{kContainer};
constexpr Shape kFlag{kBoolean};
constexpr Shape kCount{kInteger, 0, kMost};
constexpr Shape kAmount{kInteger, 1, kMost};
constexpr Shape kAmountOrNull{kInteger, 1, kMost, {}, nullptr, {}, false, true};
constexpr Shape kLogOrNull{kLogName, 0, 0, {}, nullptr, {}, false, true};
constexpr Shape kPerMille{kInteger, 0, 1000};
constexpr Shape kLatitude{kInteger, -900'000'000, 900'000'000};
constexpr Shape kLongitude{kInteger, -1'800'000'000, 1'800'000'000};
constexpr Shape kYear{kInteger, 1900, 2999};
constexpr Shape kSide{kInteger, 1, 100'000};
constexpr Shape kThin{kInteger, 0, 1000};
constexpr Shape kOut{kInteger, 0, 999};
constexpr Shape kDimensions{kArray, 3, 3, {}, &kSide};
constexpr Shape kAliases{kArray, 1, 16, {}, &kName, {}, true};
constexpr Shape kParcels{kArray, 0, 1000, {}, &kName, {}, true};
constexpr Shape kSightings{kArray, 1, 100, {}, &kSighting, {}, true};
constexpr Shape kItemNames{kArray, 0, 1000, {}, &kAnyItem, {}, true};
constexpr Shape kOuts{kArray, 1, 1000, {}, &kOut, {}, true};

constexpr Words kByWords = {"scanned", "typed", "paper", "imported", "guest_link"};
constexpr Words kFamilyWords = {"granite",   "dolerite", "gabbro", "sandstone", "bluestone",
                                "limestone", "marble",   "basalt", "other"};
constexpr Words kSiteWords = {"quarry", "yard", "factory", "port", "project", "area"};
constexpr Words kAxisWords = {"l", "w", "h"};
constexpr Words kUnitWords = {"piece", "g", "mm", "mm2", "mm3"};
constexpr Words kActionWords = {"bind", "replace", "withdraw"};
constexpr Words kResultWords = {"accepted", "with_reservation", "refused"};
constexpr Words kAttestWords = {"confirm", "dispute", "question", "answer",    "hold",
                                "release", "recall",  "resolve",  "inspection"};
constexpr Words kRoleWords = {"quarry operator", "factory",    "trader",    "agent",
                              "importer",        "contractor", "authority", "registrar",
                              "witness",         "monitor",    "verifier"};
constexpr Words kSiteRoleWords = {"operator", "factory", "yard"};
constexpr Words kInvolvedWords = {"agent",   "contractor", "exporter",
                                  "carrier", "inspector",  "trader"};
constexpr Shape kBy{kWord, 0, 0, kByWords};
constexpr Shape kFamily{kWord, 0, 0, kFamilyWords};
constexpr Shape kSiteKind{kWord, 0, 0, kSiteWords};
constexpr Shape kAxis{kWord, 0, 0, kAxisWords};
constexpr Shape kUnit{kWord, 0, 0, kUnitWords};
constexpr Shape kAction{kWord, 0, 0, kActionWords};
constexpr Shape kResult{kWord, 0, 0, kResultWords};
constexpr Shape kAttestKind{kWord, 0, 0, kAttestWords};
constexpr Shape kRole{kWord, 0, 0, kRoleWords};
constexpr Shape kSiteRole{kWord, 0, 0, kSiteRoleWords};
constexpr Shape kInvolvedRole{kWord, 0, 0, kInvolvedWords};

constexpr Shape object(std::span<const Member> members, std::int64_t min = 0) {
  return {kObject, min, 0, {}, nullptr, members};
}

constexpr Member kPartyMembers[] = {{"name", &kName, kRequired}, {"aliases", &kAliases}};
constexpr Member kHowMembers[] = {
    {"by", &kBy}, {"on_behalf_of", &kName}, {"second_person", &kName}};
constexpr Member kTextMembers[] = {{"text", &kText, kRequired}};
constexpr Member kTypedMembers[] = {{"name", &kName, kRequired},
                                    {"unit", &kUnitTyped, kRequired},
                                    {"value", &kValueTyped, kRequired}};
constexpr Shape kTypedLine = object(kTypedMembers);
constexpr Member kPlaceMembers[] = {{"site", &kAnyEvent, kRequired}, {"parcel", &kName}};
constexpr Member kSiteMembers[] = {{"kind", &kSiteKind, kRequired},
                                   {"name", &kName, kRequired},
                                   {"country", &kCountryCode, kRequired},
                                   {"area", &kName},
                                   {"quarry", &kName},
                                   {"parcels", &kParcels},
                                   {"lat", &kLatitude},
                                   {"lon", &kLongitude}};
constexpr Member kPositionMembers[] = {{"error_mm", &kCount, kRequired},
                                       {"from", &kDay, kRequired},
                                       {"lat", &kLatitude, kRequired},
                                       {"lon", &kLongitude, kRequired}};
constexpr Shape kPosition = object(kPositionMembers);
constexpr Member kSitePermitMembers[] = {{"from", &kDay, kRequired},
                                         {"number", &kName, kRequired},
                                         {"parcels", &kParcels, kRequired},
                                         {"to", &kDayOrNull, kRequired},
                                         {"volume", &kAmountOrNull, kRequired}};
constexpr Shape kSitePermit = object(kSitePermitMembers);
constexpr Member kClosureMembers[] = {{"from", &kDay, kRequired},
                                      {"parcels", &kParcels, kRequired},
                                      {"reason", &kText, kRequired},
                                      {"to", &kDayOrNull, kRequired}};
constexpr Shape kClosure = object(kClosureMembers);
constexpr Member kSeasonMembers[] = {{"from", &kYearlyDay, kRequired},
                                     {"parcels", &kParcels, kRequired},
                                     {"to", &kYearlyDay, kRequired}};
constexpr Shape kSeason = object(kSeasonMembers);
constexpr Member kInvolvedMembers[] = {{"log", &kLogOrNull, kRequired},
                                       {"name", &kName, kRequired},
                                       {"role", &kInvolvedRole, kRequired}};
constexpr Shape kInvolved = object(kInvolvedMembers);
constexpr Member kStoneMembers[] = {{"name", &kName, kRequired}, {"family", &kFamily, kRequired}};
constexpr Member kBlockMembers[] = {{"number", &kName, kRequired}, {"bench", &kName}};
constexpr Member kPermitMembers[] = {{"number", &kName, kRequired}, {"from", &kDay}, {"to", &kDay}};
constexpr Member kSourceMembers[] = {
    {"seller", &kName},   {"words", &kText},  {"legibility", &kName},
    {"operator", &kName}, {"quarry", &kName}, {"block", &kName},
    {"area", &kName},     {"parcel", &kName}, {"factory", &kName}};
constexpr Member kSawMembers[] = {
    {"axis", &kAxis, kRequired}, {"kerf", &kThin, kRequired}, {"thickness", &kSide, kRequired}};
constexpr Member kHomeWorkMembers[] = {{"per_mille", &kPerMille, kRequired}};
constexpr Member kWasteMembers[] = {{"mass", &kCount}, {"volume", &kCount}};
constexpr Member kToMembers[] = {{"log", &kAnyLog}, {"contract", &kAnyEvent}, {"name", &kName}};
constexpr Member kTransportMembers[] = {{"container", &kContainerNumber},
                                        {"seal", &kName},
                                        {"carrier", &kName},
                                        {"vehicle", &kName},
                                        {"exporter", &kName},
                                        {"vgm", &kAmount},
                                        {"tare", &kAmount},
                                        {"packing", &kCount},
                                        {"crates", &kCount},
                                        {"list", &kName}};
constexpr Member kReceivedMembers[] = {{"event", &kEventReference, kRequired},
                                       {"outs", &kOuts, kRequired}};
constexpr Member kLabelMembers[] = {{"action", &kAction, kRequired},
                                    {"old_serial", &kSerialText},
                                    {"reason", &kText},
                                    {"photo", &kDigestText},
                                    {"second_person", &kName}};
constexpr Member kAcceptMembers[] = {{"result", &kResult, kRequired}, {"sampled", &kItemNames}};
constexpr Member kEventMembers[] = {{"event", &kEventReference, kRequired}};
constexpr Member kAboutMembers[] = {{"event", &kEventReference}, {"item", &kAnyItem},
                                    {"site", &kAnyEvent},        {"marker", &kDigestText},
                                    {"sightings", &kSightings},  {"genuine", &kSighting}};
constexpr Member kStatementMembers[] = {{"text", &kText, kRequired},
                                        {"method", &kText},
                                        {"payer", &kName},
                                        {"seen", &kText},
                                        {"not_seen", &kText}};
constexpr Member kDocumentMembers[] = {{"kind", &kName, kRequired},
                                       {"digest", &kDigestText, kRequired},
                                       {"number", &kName},
                                       {"issuer", &kName}};
constexpr Member kCriteriaMembers[] = {{"area", &kName},    {"quarry", &kName},
                                       {"parcel", &kName},  {"operator", &kName},
                                       {"factory", &kName}, {"stone", &kName}};
constexpr Shape kCriteria = object(kCriteriaMembers);
constexpr Member kLineMembers[] = {{"amount", &kAmount, kRequired}, {"unit", &kUnit, kRequired},
                                   {"size", &kDimensions},          {"joint", &kThin},
                                   {"tolerance", &kCount},          {"text", &kText}};
constexpr Shape kLine = object(kLineMembers);
constexpr Shape kLines{kArray, 1, 100, {}, &kLine};
constexpr Member kContractMembers[] = {{"id", &kContractId, kRequired},
                                       {"criteria", &kCriteria, kRequired},
                                       {"lines", &kLines, kRequired},
                                       {"authority", &kName},
                                       {"project", &kName},
                                       {"year", &kYear},
                                       {"closed", &kFlag}};
constexpr Member kMemberMembers[] = {{"log", &kAnyLog, kRequired},
                                     {"role", &kRole, kRequired},
                                     {"country", &kCountryCode, kRequired}};
constexpr Member kHostMembers[] = {{"log", &kAnyLog}, {"name", &kName}};
constexpr Member kAdmittedSiteMembers[] = {{"site", &kAnyEvent, kRequired},
                                           {"role", &kSiteRole, kRequired},
                                           {"parcels", &kParcels, kRequired},
                                           {"from", &kDayOrNull, kRequired},
                                           {"to", &kDayOrNull, kRequired}};
constexpr Shape kAdmittedSite = object(kAdmittedSiteMembers);

struct Named {
  std::string_view name;
  Shape shape;
};
constexpr Named kFields[] = {
    {"party", object(kPartyMembers)},
    {"how", object(kHowMembers, 1)},
    {"remarks", object(kTextMembers)},
    {"typed", {kArray, 1, 100, {}, &kTypedLine}},
    {"site", object(kPlaceMembers)},
    {"site_described", object(kSiteMembers)},
    {"positions", {kArray, 0, 1000, {}, &kPosition}},
    {"permits", {kArray, 0, 1000, {}, &kSitePermit}},
    {"closures", {kArray, 0, 1000, {}, &kClosure}},
    {"seasons", {kArray, 0, 1000, {}, &kSeason}},
    {"involved", {kArray, 0, 100, {}, &kInvolved}},
    {"stone", object(kStoneMembers)},
    {"block", object(kBlockMembers)},
    {"permit", object(kPermitMembers)},
    {"source", object(kSourceMembers, 1)},
    {"saw", object(kSawMembers)},
    {"home_work", object(kHomeWorkMembers)},
    {"waste", object(kWasteMembers, 1)},
    {"to", object(kToMembers, 1)},
    {"transport", object(kTransportMembers, 1)},
    {"received", object(kReceivedMembers)},
    {"label", object(kLabelMembers)},
    {"accept", object(kAcceptMembers)},
    {"corrects", object(kEventMembers)},
    {"voids", object(kEventMembers)},
    {"reason", object(kTextMembers)},
    {"about", object(kAboutMembers, 1)},
    {"about_event", object(kEventMembers)},
    {"kind", kAttestKind},
    {"statement", object(kStatementMembers)},
    {"document", object(kDocumentMembers)},
    {"contract", object(kContractMembers)},
    {"member", object(kMemberMembers)},
    {"sites", {kArray, 1, 1000, {}, &kAdmittedSite}},
    {"enrol", {kDeviceName}},
    {"host", object(kHostMembers, 1)},
    {"withdrawn", kDigestText},
};

}  // namespace

const Shape* field_shape(std::string_view name) {
  const auto found = std::find_if(std::begin(kFields), std::end(kFields),
                                  [&](const Named& field) { return field.name == name; });
  return found == std::end(kFields) ? nullptr : &found->shape;
}

}  // namespace quarrymark::record
