#include "ledger/record/state_row.h"

#include "ledger/base/text.h"

namespace quarrymark::record {
namespace {

using store::Table;

constexpr std::uint8_t kRecordBit = 1, kToLogBit = 2, kToNameBit = 4, kSpentBit = 8;

// Which of the parts of an output that may be absent there are.
constexpr std::uint8_t kSerial = 1, kAliases = 2, kContents = 4, kGross = 8, kNet = 16, kSize = 32,
                       kMass = 64;

std::uint8_t parts_of(const custody::Output& output) {
  return static_cast<std::uint8_t>(
      (output.serial.empty() ? 0 : kSerial) | (output.aliases.empty() ? 0 : kAliases) |
      (output.contents.empty() ? 0 : kContents) | (output.measure.gross ? kGross : 0) |
      (output.measure.net ? kNet : 0) | (output.measure.size ? kSize : 0) |
      (output.measure.mass ? kMass : 0));
}

std::uint64_t whole(std::int64_t number) { return static_cast<std::uint64_t>(number); }

void write_sides(const std::optional<custody::Dimensions>& sides, RowWriter& out) {
  if (sides) out.number(whole(sides->l)).number(whole(sides->w)).number(whole(sides->h));
}

void write_output(const custody::Output& output, RowWriter& out) {
  out.u8(parts_of(output))
      .u8(static_cast<std::uint8_t>(output.kind))
      .u8(static_cast<std::uint8_t>(output.unit))
      .number(whole(output.amount))
      .word(output.item);
  if (!output.serial.empty()) out.word(output.serial);
  if (!output.aliases.empty()) out.number(output.aliases.size());
  for (const std::string& alias : output.aliases) out.word(alias);
  if (!output.contents.empty()) out.number(output.contents.size());
  for (const custody::Content& content : output.contents)
    out.number(whole(content.amount)).number(whole(content.in));
  write_sides(output.measure.gross, out);
  write_sides(output.measure.net, out);
  write_sides(output.measure.size, out);
  if (output.measure.mass) out.number(whole(*output.measure.mass));
}

std::int64_t read_whole(RowReader& in) { return static_cast<std::int64_t>(in.number()); }

std::optional<custody::Dimensions> read_sides(bool there, RowReader& in) {
  if (!there) return std::nullopt;
  custody::Dimensions sides;
  sides.l = read_whole(in);
  sides.w = read_whole(in);
  sides.h = read_whole(in);
  return sides;
}

// False when it cannot be one; a read beyond the end shows in `in`.
bool read_output(RowReader& in, custody::Output& output) {
  const std::uint8_t parts = in.u8(), kind = in.u8(), unit = in.u8();
  if (parts > 127 || kind > static_cast<std::uint8_t>(custody::ItemKind::kBatch) ||
      unit > static_cast<std::uint8_t>(custody::Unit::kCubicMillimetre))
    return false;
  output.kind = static_cast<custody::ItemKind>(kind);
  output.unit = static_cast<custody::Unit>(unit);
  output.amount = read_whole(in);
  output.item = in.word();
  if ((parts & kSerial) != 0) output.serial = in.word();
  if ((parts & kAliases) != 0)
    for (std::uint64_t left = in.number(); left > 0 && in.good(); --left)
      output.aliases.emplace_back(in.word());
  if ((parts & kContents) != 0)
    for (std::uint64_t left = in.number(); left > 0 && in.good(); --left) {
      const std::int64_t amount = read_whole(in);
      output.contents.push_back({amount, read_whole(in)});
    }
  output.measure.gross = read_sides((parts & kGross) != 0, in);
  output.measure.net = read_sides((parts & kNet) != 0, in);
  output.measure.size = read_sides((parts & kSize) != 0, in);
  if ((parts & kMass) != 0) output.measure.mass = read_whole(in);
  return true;
}

std::string write_row(const StateRow& row) {
  RowWriter out;
  out.u8(static_cast<std::uint8_t>((row.record ? kRecordBit : 0) | (row.to ? kToLogBit : 0) |
                                   (row.to_name.empty() ? 0 : kToNameBit) |
                                   (row.spent ? kSpentBit : 0)));
  out.u8(static_cast<std::uint8_t>(row.made_in)).hash(row.maker).number(row.seq);
  if (row.to) out.hash(*row.to);
  if (!row.to_name.empty()) out.word(row.to_name);
  if (row.spent) write_spender(*row.spent, out);
  if (!row.record) {
    if (!row.spent) out.hash(row.marker.hash);
    write_output(row.output, out);
  }
  return out.take();
}

Result<StateRow> read_row(std::string_view bytes) {
  RowReader in(bytes);
  StateRow row;
  const std::uint8_t bits = in.u8();
  const std::uint8_t made_in = in.u8();
  row.record = (bits & kRecordBit) != 0;
  row.maker = in.hash();
  row.seq = in.number();
  if ((bits & kToLogBit) != 0) row.to = in.hash();
  if ((bits & kToNameBit) != 0) row.to_name = in.word();
  if ((bits & kSpentBit) != 0) row.spent = read_spender(in);
  bool good = true;
  if (!row.record) {
    if (!row.spent) row.marker.hash = in.hash();
    good = read_output(in, row.output);
  }
  constexpr auto kLast = static_cast<std::uint8_t>(custody::EventType::kErase);
  const auto spent_in = row.spent ? static_cast<std::uint8_t>(row.spent->type) : std::uint8_t{0};
  if (!good || !in.good() || !in.at_end() || made_in > kLast || spent_in > kLast || bits > 15)
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
      .number(spender.seq)
      .u8(static_cast<std::uint8_t>(spender.type))
      .u32(spender.date);
}

SpentBy read_spender(RowReader& in) {
  SpentBy spender;
  spender.log = in.hash();
  spender.seq = in.number();
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

Status visit_states(const store::Store& store,
                    const std::function<Status(const entry::StateRef&, const StateRow&)>& visit) {
  Status visited;
  QM_TRY_VOID(store.scan(Table::kStates, {}, {}, [&](std::string_view key, std::string_view value) {
    const auto row = read_row(value);
    visited =
        row ? visit(RowReader(key).state(), *row) : Status(tl::unexpected<Error>(row.error()));
    return visited.has_value();
  }));
  return visited;
}

void put_state(Rows& rows, const entry::StateRef& state, const StateRow& row) {
  rows.put(Table::kStates, state_row_key(state), write_row(row));
}

custody::InputState input_state(const entry::StateRef& state, const StateRow& row) {
  custody::InputState input;
  input.state = state;
  input.made_by = origin_of(row.maker);
  input.made_in = row.made_in;
  input.record = row.record;
  if (row.to) input.to.log = origin_of(*row.to);
  input.to.name = row.to_name;
  input.output = row.output;
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
