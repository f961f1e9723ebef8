#include "ledger/fsck/row_names.h"

#include "ledger/base/text.h"
#include "ledger/record/codec.h"

namespace quarrymark::fsck {
namespace {

using record::RowReader;
using store::Table;

std::string other_form(std::string_view key) {
  return cat("a key of another form (", quoted_for_message(key, 80), ")");
}

std::string state_text(const entry::StateRef& state) {
  return state.out == entry::kRecordOut ? cat("record of event ", state.event.text())
                                        : cat("event ", state.event.text(), ", output ", state.out);
}

// Up to the zero byte that ends a name.
std::string_view name_part(RowReader& in, std::string_view key) {
  const std::size_t end = key.find('\0', 1);
  if (end == key.npos) return {};
  in.raw(end);
  return key.substr(1, end - 1);
}

std::string log_row(Table table, std::string_view key) {
  RowReader in(key);
  std::string name = cat("log ", in.u32());
  if (table == Table::kTiles) {
    name += cat(", level ", static_cast<unsigned>(in.u8()), ", tile ", in.u64());
  } else {
    name += cat(", event ", EventId{in.hash()}.text());
  }
  return in.good() && in.at_end() ? name : other_form(key);
}

std::string item_row(std::string_view key) {
  if (key.empty()) return other_form(key);
  RowReader in(key);
  if (key.front() == 'w') {
    in.u8();
    const auto state = in.state();
    return in.good() && in.at_end() ? cat("spends waiting for ", state_text(state))
                                    : other_form(key);
  }
  const std::string item(name_part(in, key));
  in.u8();
  if (key.front() == 'h') in.u64();
  const auto state = in.state();
  if (!in.good() || !in.at_end() || (key.front() != 'o' && key.front() != 'h'))
    return other_form(key);
  return cat(key.front() == 'o' ? "open state of item " : "history of item ", item, ", ",
             state_text(state));
}

std::string_view kind_of_name(char tag) {
  switch (tag) {
    case 'a':
      return "alias";
    case 's':
      return "site";
    case 'c':
      return "contract";
    case 'm':
      return "member";
    case 'M':
      return "admission of log";
    case 'E':
      return "statement about event";
    case 'I':
      return "statement about item";
    case 'L':
      return "late dispatch for receive";
    case 'd':
      return "device of log";
    case 'n':
      return "number of a device of log";
    default:
      return {};
  }
}

std::string name_row(std::string_view key) {
  const std::string_view kind = key.empty() ? std::string_view() : kind_of_name(key.front());
  if (kind.empty()) return other_form(key);
  constexpr std::string_view kNamed = "ascmI";
  if (kNamed.find(key.front()) != kNamed.npos) {
    const std::size_t end = key.find('\0', 1);
    if (end == key.npos) return other_form(key);
    const std::string_view rest = key.substr(end + 1);
    const std::string_view last = rest.size() < 32 ? rest : rest.substr(rest.size() - 32);
    return cat(kind, " ", quoted_for_message(key.substr(1, end - 1)),
               key.front() == 'a' ? cat(" of item ", visible_text(rest, 40))
                                  : cat(", event ", EventId{RowReader(last).hash()}.text()));
  }
  RowReader in(key.substr(1));
  const Hash first = in.hash();
  if (!in.good()) return other_form(key);
  return cat(kind, " ", base64url_encode(first));
}

}  // namespace

std::string row_name(Table table, std::string_view key) {
  switch (table) {
    case Table::kMeta: {
      constexpr std::string_view kState = "state:";
      if (key.size() != kState.size() + 4) return other_form(key);
      return cat("state of log ", store::read_u32(key.substr(kState.size())));
    }
    case Table::kTiles:
    case Table::kEvents:
      return log_row(table, key);
    case Table::kStates: {
      RowReader in(key);
      const auto state = in.state();
      return in.good() && in.at_end() ? state_text(state) : other_form(key);
    }
    case Table::kItems:
      return item_row(key);
    case Table::kNames:
      return name_row(key);
    case Table::kLinks: {
      RowReader in(key);
      const record::LogId log = in.hash();
      const std::uint64_t seq = in.u64();
      return in.good() && in.at_end() ? cat("log ", record::origin_of(log), ", seq ", seq)
                                      : other_form(key);
    }
    default:
      return other_form(key);
  }
}

}  // namespace quarrymark::fsck
