#include "ledger/record/state_row.h"

#include "ledger/base/text.h"
#include "ledger/entry/disclosure.h"

namespace quarrymark::record {
namespace {

using store::Table;

constexpr std::uint8_t kRecordBit = 1, kToLogBit = 2, kToNameBit = 4, kSpentBit = 8;

std::string write_row(const StateRow& row) {
  RowWriter out;
  out.u8(static_cast<std::uint8_t>((row.record ? kRecordBit : 0) | (row.to ? kToLogBit : 0) |
                                   (row.to_name.empty() ? 0 : kToNameBit) |
                                   (row.spent ? kSpentBit : 0)));
  out.u8(static_cast<std::uint8_t>(row.made_in)).hash(row.maker).u64(row.seq);
  if (row.to) out.hash(*row.to);
  if (!row.to_name.empty()) out.text(row.to_name);
  if (row.spent) write_spender(*row.spent, out);
  return out.raw(row.disclosure).take();
}

Result<StateRow> read_row(std::string_view bytes) {
  RowReader in(bytes);
  StateRow row;
  const std::uint8_t bits = in.u8();
  const std::uint8_t made_in = in.u8();
  row.record = (bits & kRecordBit) != 0;
  row.maker = in.hash();
  row.seq = in.u64();
  if ((bits & kToLogBit) != 0) row.to = in.hash();
  if ((bits & kToNameBit) != 0) row.to_name = in.text();
  if ((bits & kSpentBit) != 0) row.spent = read_spender(in);
  row.disclosure = in.rest();
  constexpr auto kLast = static_cast<std::uint8_t>(custody::EventType::kErase);
  const auto spent_in = row.spent ? static_cast<std::uint8_t>(row.spent->type) : std::uint8_t{0};
  if (!in.good() || made_in > kLast || spent_in > kLast || bits > 15)
    return fail(Errc::kDataLoss, cat("a stored state is damaged (", bytes.size(), " bytes)"));
  row.made_in = static_cast<custody::EventType>(made_in);
  return row;
}

}  // namespace

std::optional<LogId> StateRow::holder() const {
  if (record || made_in != custody::EventType::kDispatch) return maker;
  return to;
}

bool StateRow::may_spend(const LogId& log, custody::EventType by) const {
  if (holder() == log) return true;
  return !record && made_in == custody::EventType::kDispatch && log == maker &&
         by == custody::EventType::kVoid;
}

void write_spender(const SpentBy& spender, RowWriter& out) {
  out.hash(spender.log)
      .u64(spender.seq)
      .u8(static_cast<std::uint8_t>(spender.type))
      .u32(spender.date);
}

SpentBy read_spender(RowReader& in) {
  SpentBy spender;
  spender.log = in.hash();
  spender.seq = in.u64();
  spender.type = static_cast<custody::EventType>(in.u8());
  spender.date = in.u32();
  return spender;
}

std::string state_row_key(const entry::StateRef& state) { return RowWriter().state(state).take(); }

Result<std::optional<StateRow>> load_state(Rows& rows, const entry::StateRef& state) {
  QM_TRY(const auto bytes, rows.get(Table::kStates, state_row_key(state)));
  if (!bytes) return std::optional<StateRow>();
  QM_TRY(StateRow row, read_row(*bytes));
  return std::optional<StateRow>(std::move(row));
}

void put_state(Rows& rows, const entry::StateRef& state, const StateRow& row) {
  rows.put(Table::kStates, state_row_key(state), write_row(row));
}

Result<custody::Output> output_of(const StateRow& row) {
  auto disclosure = entry::parse_disclosure(row.disclosure);
  if (!disclosure)
    return fail(Errc::kDataLoss, cat("a stored output is damaged: ", disclosure.error().message));
  auto output = custody::parse_output(disclosure->value);
  if (!output)
    return fail(Errc::kDataLoss, cat("a stored output is damaged: ", to_string(output.error())));
  return output;
}

Result<custody::InputState> input_state(const entry::StateRef& state, const StateRow& row) {
  custody::InputState input;
  input.state = state;
  input.made_by = origin_of(row.maker);
  input.made_in = row.made_in;
  input.record = row.record;
  if (row.to) input.to.log = origin_of(*row.to);
  input.to.name = row.to_name;
  if (!row.record) {
    QM_TRY(input.output, output_of(row));
  }
  return input;
}

std::string describe_spender(const SpentBy& spent, const LogId& own, std::string_view log_name) {
  const auto digits = [](std::uint32_t number, std::size_t width) {
    std::string text = std::to_string(number);
    return std::string(width > text.size() ? width - text.size() : 0, '0') + text;
  };
  const std::string date = cat(digits(spent.date / 10000, 4), "-",
                               digits(spent.date / 100 % 100, 2), "-", digits(spent.date % 100, 2));
  std::string text = cat(custody::event_type_name(spent.type), " of ", date, ", entry ", spent.seq);
  if (spent.log != own)
    text += cat(" of ", log_name.empty() ? origin_of(spent.log) : std::string(log_name));
  return text;
}

std::uint32_t date_number(std::string_view at) {
  std::uint32_t number = 0;
  for (const char character : at.substr(0, 10))
    if (character >= '0' && character <= '9')
      number = number * 10 + static_cast<std::uint32_t>(character - '0');
  return number;
}

}  // namespace quarrymark::record
