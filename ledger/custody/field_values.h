// Readers for the value of each field that a verifier uses. FORMATS.md, "Fields a verifier
// reads". Members beyond those used are the schemas' business and are passed over.
#pragma once

#include "ledger/custody/event.h"
#include "ledger/json/value.h"

namespace quarrymark::custody {

Result<Party> parse_party(const json::Value& value);
Result<SitePlace> parse_place(const json::Value& value);
Result<SiteFacts> parse_site_facts(const json::Value& value);
Result<Stone> parse_stone(const json::Value& value);
Result<Source> parse_source(const json::Value& value);
Result<std::string> parse_block_number(const json::Value& value);
Result<Saw> parse_saw(const json::Value& value);
Result<std::int64_t> parse_home_work(const json::Value& value);
Result<Waste> parse_waste(const json::Value& value);
Result<To> parse_to(const json::Value& value);
Result<Received> parse_received(const json::Value& value);
Result<LabelAction> parse_label_action(const json::Value& value);
Result<EventId> parse_event_reference(const json::Value& value);
Result<About> parse_about(const json::Value& value);
Result<std::string> parse_statement(const json::Value& value);
Result<std::string> parse_plain_string(const json::Value& value);
Result<Member> parse_member(const json::Value& value);
Result<std::vector<AdmittedSite>> parse_admitted_sites(const json::Value& value);
Result<Acceptance> parse_acceptance(const json::Value& value);
Result<Erasure> parse_erasure(const json::Value& value);

}  // namespace quarrymark::custody
