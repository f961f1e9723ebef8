// Which of the registrar's events concern an organisation: its admissions, the sites it is
// admitted for, and the sites its own events name.
#pragma once

#include "node/demo/timeline.h"

#include <string>
#include <vector>

namespace quarrymark::demo {

// For each organisation, by index, the registrar's keys in the order of its file. None for the
// registrar itself, which has recorded them all.
std::vector<std::vector<std::string>> registrar_keys(const DataSet& set, const Requests& requests);

// The key under which `organisation` records the contract `id`; empty: it does not.
std::string contract_key(const std::vector<record::NumberedRequest>& requests, std::string_view id);

}  // namespace quarrymark::demo
