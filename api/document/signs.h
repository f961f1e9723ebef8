// Shape and colour of verdicts and standings. The list is schemas/verdicts.json; a test holds
// this against it. What could not be checked looks like nothing else.
#pragma once

#include "ledger/judge/verdict.h"
#include "scanner/paper/document.h"

#include <optional>

namespace quarrymark::document {

paper::Sign sign_of(std::optional<custody::Verdict> verdict);
// The sign of the verdict that such a standing leads to.
paper::Sign sign_of(custody::Standing standing);

}  // namespace quarrymark::document
