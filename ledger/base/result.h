// Expected failures as values: Result<T> holds a T or an Error.
//
// Four situations are kept apart (see docs/architecture.md): an expected failure is a
// Result; the outcome of a verification, even a bad one, is a value of its own and never
// an Error; a bug stops the program through QM_CHECK; a third-party exception is caught
// in the file that wraps the library.
#pragma once

#include <tl/expected.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace quarrymark {

enum class Errc {
  kInvalidArgument,     // the caller's input breaks a documented rule
  kMalformed,           // bytes from outside do not follow their format
  kTooLarge,            // a stated size, depth or count limit is exceeded
  kNotFound,            // the named thing does not exist here
  kAlreadyExists,       // it exists already, with other content
  kRefused,             // a ledger rule forbids it (spent, another's, more than held)
  kConflict,            // somebody else was faster; resolve again and retry
  kFailedPrecondition,  // the system is not in a state to do it (no ledger, locked store)
  kUnauthorized,        // a signature or key does not permit it
  kDataLoss,            // stored data is damaged or missing
  kResourceExhausted,   // disk, memory or queue is full
  kIo,                  // the operating system or store reported an error
  kInternal,            // a bug that was noticed before it did harm
};

// Stable lower-case name of a code, as used in JSON output ("not_found").
std::string_view errc_name(Errc code);

struct Error {
  Errc code = Errc::kInternal;
  std::string message;  // for a person: what, which object, expected and got; never a secret
  std::string field;    // where in the input ("line 3", "fields.stone.name"), or empty
};

// One line for a person: "field: message", or the message alone.
std::string to_string(const Error& error);

template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
};

using Status = Result<void>;

inline tl::unexpected<Error> fail(Errc code, std::string message, std::string field = {}) {
  return tl::unexpected<Error>(Error{code, std::move(message), std::move(field)});
}

// Passes an error on with the place it happened in put before its own.
tl::unexpected<Error> fail_at(std::string_view place, Error error);

// Logs `why` with its place in the source and aborts; also in release builds.
[[noreturn]] void check_failed(const char* file, int line, const char* why);

}  // namespace quarrymark

#define QM_CHECK(condition, why) \
  ((condition) ? static_cast<void>(0) : ::quarrymark::check_failed(__FILE__, __LINE__, (why)))

// Evaluates a Result and returns its error from the enclosing function, or binds its value.
#define QM_CONCAT_INNER(a, b) a##b
#define QM_CONCAT(a, b) QM_CONCAT_INNER(a, b)
#define QM_TRY_IMPL(tmp, declaration, expression)                               \
  auto tmp = (expression);                                                      \
  if (!tmp) return tl::unexpected<::quarrymark::Error>(std::move(tmp.error())); \
  declaration = std::move(*tmp)
#define QM_TRY(declaration, expression) \
  QM_TRY_IMPL(QM_CONCAT(qm_try_, __LINE__), declaration, expression)
#define QM_TRY_VOID(expression)                                                     \
  do {                                                                              \
    auto qm_try_status = (expression);                                              \
    if (!qm_try_status)                                                             \
      return tl::unexpected<::quarrymark::Error>(std::move(qm_try_status.error())); \
  } while (false)
