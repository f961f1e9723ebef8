// The whole program but for `main`: reads the command line, runs the command, reports errors.
#pragma once

namespace quarrymark::cli {

// The exit code (api/exit_codes.h). Lets no exception out.
int run(int argc, char** argv);

}  // namespace quarrymark::cli
