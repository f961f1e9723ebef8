#include "api/standing.h"

namespace quarrymark::api {

custody::Standing worst_standing(const custody::CriterionLine& line) {
  using custody::Standing;
  if (line.contradicted > 0) return Standing::kContradicted;
  if (line.unknown > 0) return Standing::kUnknown;
  if (line.unchecked > 0) return Standing::kUnchecked;
  if (line.declared > 0) return Standing::kDeclared;
  // Nothing delivered supports nothing.
  return line.supported > 0 ? Standing::kSupported : Standing::kUnknown;
}

}  // namespace quarrymark::api
