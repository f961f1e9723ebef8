#include "ledger/base/result.h"

#include <cstdio>
#include <cstdlib>

namespace quarrymark {

std::string_view errc_name(Errc code) {
  switch (code) {
    case Errc::kInvalidArgument:
      return "invalid_argument";
    case Errc::kMalformed:
      return "malformed";
    case Errc::kTooLarge:
      return "too_large";
    case Errc::kNotFound:
      return "not_found";
    case Errc::kAlreadyExists:
      return "already_exists";
    case Errc::kRefused:
      return "refused";
    case Errc::kConflict:
      return "conflict";
    case Errc::kFailedPrecondition:
      return "failed_precondition";
    case Errc::kUnauthorized:
      return "unauthorized";
    case Errc::kDataLoss:
      return "data_loss";
    case Errc::kResourceExhausted:
      return "resource_exhausted";
    case Errc::kIo:
      return "io";
    case Errc::kInternal:
      return "internal";
  }
  return "internal";
}

std::string to_string(const Error& error) {
  return error.field.empty() ? error.message : error.field + ": " + error.message;
}

tl::unexpected<Error> fail_at(std::string_view place, Error error) {
  std::string field(place);
  if (!error.field.empty()) {
    if (!field.empty()) field += error.field.front() == '[' ? "" : ".";
    field += error.field;
  }
  error.field = std::move(field);
  return tl::unexpected<Error>(std::move(error));
}

void check_failed(const char* file, int line, const char* why) {
  std::fprintf(stderr, "quarrymark: internal error at %s:%d: %s\n", file, line, why);
  std::abort();
}

}  // namespace quarrymark
