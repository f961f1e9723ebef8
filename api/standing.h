// How a criterion stands for a delivery as a whole.
#pragma once

#include "ledger/judge/verdict.h"

namespace quarrymark::api {

// The worst standing that holds for any amount: contradicted, unknown, unchecked, declared,
// supported.
custody::Standing worst_standing(const custody::CriterionLine& line);

}  // namespace quarrymark::api
