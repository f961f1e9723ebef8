// The files that a check is made from, as options of a command: contract, trust file, scans,
// sightings and date. Shared by everything that judges passports.
#pragma once

#include "api/check.h"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace quarrymark::cli {

struct CheckFiles {
  std::string contract, trust, scans, sightings, date;
  std::vector<std::string> passports;
};

enum class Asks { kContract, kMaybeContract };  // whether --contract must be given
void add_check_options(CLI::App& command, CheckFiles& files, Asks asks);

// Reads them all; today's date when none is given. At most one may be standard input.
Result<api::CheckRequest> load_check_request(const CheckFiles& files);

}  // namespace quarrymark::cli
