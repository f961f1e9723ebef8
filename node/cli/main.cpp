#include "node/cli/app.h"

int main(int argc, char** argv) { return quarrymark::cli::run(argc, argv); }
