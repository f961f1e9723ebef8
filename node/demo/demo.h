// The whole job on a data set: a node for each organisation, everything recorded in order through
// the same code as `record`, passports handed over as files, labels printed and read back from
// their pictures, and each contract checked with nothing but what its authority was handed.
//
// Nothing here knows an answer: verdicts come from api::run_check on files.
#pragma once

#include "ledger/balance/doubts.h"
#include "ledger/base/result.h"
#include "ledger/judge/verdict.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace quarrymark::demo {

struct DemoOptions {
  std::string directory;  // where everything goes; must be free
  std::string data;       // directory of the data set
  std::function<void(const std::string& what, std::uint64_t done, std::uint64_t total)> progress;
};

struct ContractOutcome {
  std::string id, authority;            // its name
  std::vector<custody::Report> checks;  // in order; the last one is the verdict
  std::size_t labels_printed = 0, labels_read = 0;
  std::string delivery;                // passport file
  std::string trust;                   // trust file of the authority
  std::vector<std::string> arguments;  // of `quarrymark contract check` for the last check
};

// What a node doubted about an event that it recorded.
struct DoubtedEvent {
  std::string organisation, key;  // its code; of the event in the data set
  std::vector<custody::Doubt> doubts;
};

struct DemoOutcome {
  std::string title, directory;
  std::size_t organisations = 0, events = 0;
  std::vector<ContractOutcome> contracts;  // by id
  std::vector<DoubtedEvent> doubted;       // in the order of recording
  std::string some_node;                   // directory of a node worth a look
};

// kMalformed, kNotFound: the data set; kAlreadyExists: the directory is not free; and whatever
// recording refuses, with file and line.
Result<DemoOutcome> run_demo(const DemoOptions& options);

// schemas/examples/stone-year as seen from the program: in the build tree, or installed. Empty:
// neither is there.
std::string default_data_set();

}  // namespace quarrymark::demo
