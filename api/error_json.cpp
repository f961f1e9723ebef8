#include "api/error_json.h"

#include "ledger/base/text.h"

namespace quarrymark::api {

json::Value error_json(const Error& error) {
  return json::Object{
      {"error", json::Object{{"code", errc_name(error.code)},
                             {"message", error.message},
                             {"field", error.field.empty() ? json::Value(nullptr)
                                                           : json::Value(error.field)}}}};
}

Error in_file(std::string_view file, Error error) {
  error.field = error.field.empty() ? std::string(file) : cat(file, ": ", error.field);
  return error;
}

std::string error_line(const Error& error) {
  std::string line = to_string(error);
  for (char& c : line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return line;
}

}  // namespace quarrymark::api
