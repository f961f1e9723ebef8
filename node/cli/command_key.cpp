#include "node/cli/command.h"

namespace quarrymark::cli {

void add_key(CLI::App& app, Selection& selection) {
  CLI::App& group = add_group(app, "key", "Keys that are kept in files of their own");
  add_key_reader(group, selection);
}

}  // namespace quarrymark::cli
