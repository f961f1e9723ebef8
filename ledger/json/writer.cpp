#include "ledger/json/writer.h"

#include <charconv>

namespace quarrymark::json {
namespace {

void append_integer(std::string& out, std::int64_t number) {
  char buffer[24];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  out.append(buffer, end);
}

// `indent` < 0 writes everything on one line without white space.
void append(std::string& out, const Value& value, int indent, int depth) {
  const auto new_line = [&](int level) {
    if (indent < 0) return;
    out += '\n';
    out.append(static_cast<std::size_t>(indent * level), ' ');
  };
  if (value.is_null()) {
    out += "null";
  } else if (const bool* flag = value.if_bool()) {
    out += *flag ? "true" : "false";
  } else if (const std::int64_t* number = value.if_integer()) {
    append_integer(out, *number);
  } else if (const std::string* text = value.if_string()) {
    append_string(out, *text);
  } else if (const Array* array = value.if_array()) {
    out += '[';
    for (std::size_t i = 0; i < array->size(); ++i) {
      if (i > 0) out += ',';
      new_line(depth + 1);
      append(out, (*array)[i], indent, depth + 1);
    }
    if (!array->empty()) new_line(depth);
    out += ']';
  } else if (const Object* object = value.if_object()) {
    out += '{';
    for (std::size_t i = 0; i < object->size(); ++i) {
      if (i > 0) out += ',';
      new_line(depth + 1);
      append_string(out, (*object)[i].first);
      out += indent < 0 ? ":" : ": ";
      append(out, (*object)[i].second, indent, depth + 1);
    }
    if (!object->empty()) new_line(depth);
    out += '}';
  }
}

}  // namespace

void append_string(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += '"';
  std::size_t plain_from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    out.append(text.substr(plain_from, i - plain_from));
    plain_from = i + 1;
    switch (byte) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += "\\u00";
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
  }
  out.append(text.substr(plain_from));
  out += '"';
}

std::string write(const Value& value, std::size_t expected_size) {
  std::string out;
  out.reserve(expected_size);
  append(out, value, -1, 0);
  return out;
}

std::string write_indented(const Value& value) {
  std::string out;
  append(out, value, 2, 0);
  out += '\n';
  return out;
}

}  // namespace quarrymark::json
