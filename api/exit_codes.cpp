#include "api/exit_codes.h"

namespace quarrymark::api {

int exit_code(std::optional<custody::Verdict> verdict) {
  using custody::Verdict;
  if (!verdict) return kExitSuccess;
  switch (*verdict) {
    case Verdict::kMatch:
      return kExitSuccess;
    case Verdict::kInvalid:
    case Verdict::kMismatch:
    case Verdict::kDuplicate:
    case Verdict::kOverYield:
      return kExitRefuted;
    case Verdict::kGap:
    case Verdict::kMixed:
    case Verdict::kPartial:
    case Verdict::kDeclared:
      return kExitIncomplete;
    case Verdict::kNotVerifiable:
      return kExitNotVerifiable;
  }
  return kExitFailure;
}

int exit_code(Errc error) {
  switch (error) {
    case Errc::kInvalidArgument:
    case Errc::kMalformed:
    case Errc::kTooLarge:
    case Errc::kNotFound:
    case Errc::kAlreadyExists:
    case Errc::kRefused:
    case Errc::kConflict:
    case Errc::kFailedPrecondition:
    case Errc::kUnauthorized:
    case Errc::kDataLoss:
    case Errc::kResourceExhausted:
    case Errc::kIo:
    case Errc::kInternal:
      return kExitFailure;
  }
  return kExitFailure;
}

}  // namespace quarrymark::api
