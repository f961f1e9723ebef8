#include "scanner/label/label.h"

#include "ledger/base/text.h"

namespace quarrymark::label {
namespace {

constexpr std::string_view kScheme = "HTTPS://";
constexpr std::string_view kPath = "/Q/";
constexpr std::string_view kShape = "HTTPS://<host>/Q/<item>/<serial>";
constexpr std::size_t kMaxPortDigits = 5;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name_character(char c) { return is_digit(c) || (c >= 'A' && c <= 'Z') || c == '-'; }

// One part of a host name between dots.
bool is_name_part(std::string_view part) {
  if (part.empty() || part.front() == '-' || part.back() == '-') return false;
  for (const char c : part)
    if (!is_name_character(c)) return false;
  return true;
}

bool is_host_name(std::string_view name) {
  while (true) {
    const std::size_t dot = name.find('.');
    if (!is_name_part(name.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    name.remove_prefix(dot + 1);
  }
}

bool is_port(std::string_view port) {
  if (port.empty() || port.size() > kMaxPortDigits || port.front() == '0') return false;
  unsigned number = 0;
  for (const char c : port) {
    if (!is_digit(c)) return false;
    number = number * 10 + static_cast<unsigned>(c - '0');
  }
  return number <= 65535;
}

tl::unexpected<Error> not_a_label(std::string_view why, std::string_view text) {
  return fail(Errc::kMalformed,
              cat("not a Quarrymark label: ", why, ", got ", quoted_for_message(text, 80)));
}

std::string upper_case(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

// Splits without judging the parts; false when the text has another shape.
bool split_label(std::string_view text, Label& out) {
  if (!text.starts_with(kScheme)) return false;
  text.remove_prefix(kScheme.size());
  const std::size_t path = text.find('/');
  if (path == std::string_view::npos || !text.substr(path).starts_with(kPath)) return false;
  out.host = text.substr(0, path);
  text.remove_prefix(path + kPath.size());
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return false;
  out.item = text.substr(0, slash);
  out.serial = text.substr(slash + 1);
  return true;
}

}  // namespace

Status check_host(std::string_view host) {
  if (host.empty() || host.size() > kMaxHostSize)
    return fail(Errc::kInvalidArgument,
                cat("host: expected 1 to ", kMaxHostSize, " characters, got ", host.size(), " in ",
                    quoted_for_message(host)));
  const std::size_t colon = host.find(':');
  const bool port_fits = colon == std::string_view::npos || is_port(host.substr(colon + 1));
  if (!port_fits || !is_host_name(host.substr(0, colon)))
    return fail(Errc::kInvalidArgument,
                cat("host: expected an upper-case host name such as TRACE.EXAMPLE.ORG, got ",
                    quoted_for_message(host)));
  return {};
}

Result<std::string> write_label(const Label& label) {
  QM_TRY_VOID(check_host(label.host));
  if (Status item = check_item_number(label.item); !item)
    return fail(Errc::kInvalidArgument, item.error().message);
  if (!is_serial(label.serial))
    return fail(Errc::kInvalidArgument, cat("serial: expected ", kSerialSize,
                                            " characters of 0-9 and A-Z without I, L, O, U, got ",
                                            quoted_for_message(label.serial)));
  return cat(kScheme, label.host, kPath, label.item, "/", label.serial);
}

Result<Label> parse_label(std::string_view text) {
  Label label;
  if (!split_label(text, label)) {
    // Only a code reader or a person can have changed the case; say so instead of "foreign".
    if (text.size() <= 2 * (kMaxHostSize + kItemNumberSize + kSerialSize) &&
        split_label(upper_case(text), label))
      return not_a_label("a label is upper case throughout", text);
    return not_a_label(cat("expected ", kShape), text);
  }
  if (Status host = check_host(label.host); !host) return not_a_label(host.error().message, text);
  QM_TRY_VOID(check_item_number(label.item));
  if (!is_serial(label.serial))
    return not_a_label(cat("expected a serial of ", kSerialSize, " characters after the number"),
                       text);
  return label;
}

}  // namespace quarrymark::label
