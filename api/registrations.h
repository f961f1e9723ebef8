// What a registrar says of an organisation, as JSON and as text.
#pragma once

#include "ledger/json/value.h"
#include "ledger/record/registrations.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::api {

// {"member","admissions":[{"event","index","at","name","role","country","sites":[…],"device",
//  "host","corrections","end"}]}; `end` is null while the admission stands.
json::Value registrations_json(std::string_view member,
                               const std::vector<record::Registration>& registrations);
std::string registrations_text(const std::vector<record::Registration>& registrations);

}  // namespace quarrymark::api
