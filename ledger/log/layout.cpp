#include "ledger/log/layout.h"

#include "ledger/base/text.h"

#include <bit>
#include <cstring>

namespace quarrymark::log {
namespace {

using store::append_u32;
using store::append_u64;
using store::read_u32;
using store::read_u64;
using store::Table;

constexpr char kVersion = 1;
constexpr char kRotatedVersion = 2;  // of a log record with later keys
constexpr std::string_view kState = "state:";
constexpr std::string_view kCheckpoint = "checkpoint:";

void append_hash(std::string& out, const Hash& hash) { out += as_text(hash); }

Hash read_hash(std::string_view bytes) {
  Hash hash;
  std::memcpy(hash.data(), bytes.data(), hash.size());
  return hash;
}

std::string meta_key(std::string_view kind, LogNumber log) {
  std::string key(kind);
  append_u32(key, log);
  return key;
}

tl::unexpected<Error> damaged(std::string_view what, std::string_view bytes) {
  return fail(Errc::kDataLoss, cat("the stored ", what, " is damaged: ", bytes.size(),
                                   " bytes of another form than expected"));
}

}  // namespace

std::string log_prefix(LogNumber log) {
  std::string key;
  append_u32(key, log);
  return key;
}

std::string seq_key(LogNumber log, std::uint64_t seq) {
  std::string key;
  append_u32(key, log);
  append_u64(key, seq);
  return key;
}

std::string tile_key(LogNumber log, unsigned level, std::uint64_t index) {
  std::string key;
  append_u32(key, log);
  key += static_cast<char>(level);
  append_u64(key, index);
  return key;
}

std::string event_key(LogNumber log, const EventId& event) {
  std::string key;
  key.reserve(36);
  append_u32(key, log);
  append_hash(key, event.hash);
  return key;
}

std::string idempotency_key(LogNumber log, std::string_view key) {
  std::string out;
  append_u32(out, log);
  out += key;
  return out;
}

std::string record_key(LogNumber log) { return meta_key(kRecordPrefix, log); }
std::string state_key(LogNumber log) { return meta_key(kState, log); }
std::string checkpoint_key(LogNumber log) { return meta_key(kCheckpoint, log); }

std::string write_record(const LogRecord& record) {
  std::string out(1, record.rotations.empty() ? kVersion : kRotatedVersion);
  out += as_text(record.key);
  if (!record.rotations.empty())
    append_u32(out, static_cast<std::uint32_t>(record.rotations.size()));
  for (const KeyChange& change : record.rotations) {
    append_u64(out, change.seq);
    append_u32(out, static_cast<std::uint32_t>(change.note.size()));
    out += change.note;
  }
  out += record.origin;
  return out;
}

Result<LogRecord> read_record(std::string_view bytes) {
  LogRecord record;
  if (bytes.size() <= 1 + record.key.size() ||
      (bytes[0] != kVersion && bytes[0] != kRotatedVersion))
    return damaged("log record", bytes);
  std::memcpy(record.key.data(), bytes.data() + 1, record.key.size());
  std::string_view rest = bytes.substr(1 + record.key.size());
  if (bytes[0] == kRotatedVersion) {
    constexpr std::size_t kCount = 4, kBeforeNote = 12;
    if (rest.size() < kCount) return damaged("log record", bytes);
    const std::uint32_t count = read_u32(rest);
    rest.remove_prefix(kCount);
    for (std::uint32_t i = 0; i < count; ++i) {
      if (rest.size() < kBeforeNote) return damaged("log record", bytes);
      const std::uint32_t size = read_u32(rest.substr(8));
      if (rest.size() - kBeforeNote < size) return damaged("log record", bytes);
      record.rotations.push_back({read_u64(rest), std::string(rest.substr(kBeforeNote, size))});
      rest.remove_prefix(kBeforeNote + size);
    }
    if (count == 0 || rest.empty()) return damaged("log record", bytes);
  }
  record.origin = rest;
  return record;
}

std::string write_state(const StateRecord& state) {
  std::string out(1, kVersion);
  append_u64(out, state.size);
  append_u64(out, state.before);
  append_u64(out, static_cast<std::uint64_t>(state.time.ms));
  append_hash(out, state.last);
  for (const Hash& hash : state.frontier) append_hash(out, hash);
  return out;
}

Result<StateRecord> read_state(std::string_view bytes) {
  constexpr std::size_t kFixed = 1 + 8 + 8 + 8 + sizeof(Hash);
  if (bytes.size() < kFixed || bytes[0] != kVersion) return damaged("log state", bytes);
  StateRecord state;
  state.size = read_u64(bytes.substr(1));
  state.before = read_u64(bytes.substr(9));
  state.time.ms = static_cast<std::int64_t>(read_u64(bytes.substr(17)));
  state.last = read_hash(bytes.substr(25));
  const auto hashes = static_cast<std::size_t>(std::popcount(state.size));
  if (bytes.size() != kFixed + hashes * sizeof(Hash)) return damaged("log state", bytes);
  for (std::size_t i = 0; i < hashes; ++i)
    state.frontier.push_back(read_hash(bytes.substr(kFixed + i * sizeof(Hash))));
  return state;
}

std::string write_key(const KeyRecord& record) {
  std::string out;
  append_u64(out, record.seq);
  append_hash(out, record.content);
  return out;
}

Result<KeyRecord> read_key(std::string_view bytes) {
  if (bytes.size() != 8 + sizeof(Hash)) return damaged("idempotency key", bytes);
  return KeyRecord{read_u64(bytes), read_hash(bytes.substr(8))};
}

std::string write_seq(std::uint64_t seq) {
  std::string out;
  append_u64(out, seq);
  return out;
}

Result<std::uint64_t> read_seq(std::string_view bytes) {
  if (bytes.size() != 8) return damaged("event index", bytes);
  return read_u64(bytes);
}

std::string write_tile(const std::vector<Hash>& hashes) {
  std::string out;
  out.reserve(hashes.size() * sizeof(Hash));
  for (const Hash& hash : hashes) append_hash(out, hash);
  return out;
}

Result<std::vector<Hash>> read_tile(std::string_view bytes) {
  if (bytes.size() != kTileHashes * sizeof(Hash)) return damaged("tile", bytes);
  std::vector<Hash> hashes(kTileHashes);
  std::memcpy(hashes.data(), bytes.data(), bytes.size());
  return hashes;
}

namespace {

// Decoding accepts only the one spelling that encoding gives, so nothing is lost.
void append_line(std::string& out, std::string_view disclosure) {
  const auto json = base64url_decode(disclosure);
  if (json && json->starts_with('[') && json->find('\n') == json->npos)
    out += *json;
  else
    out += disclosure;
}

std::string read_line(std::string_view line) {
  return line.starts_with('[') ? base64url_encode(as_bytes(line)) : std::string(line);
}

}  // namespace

void write_disclosures(const Prepared& event, std::string& out) {
  out.clear();
  append_line(out, event.head);
  for (const std::string& disclosure : event.disclosures) append_line(out += '\n', disclosure);
  if (event.device) append_line(out += '\n', *event.device);
}

std::string join_disclosures(const std::vector<std::string>& disclosures) {
  std::string out;
  for (std::size_t i = 0; i < disclosures.size(); ++i) {
    if (i > 0) out += '\n';
    append_line(out, disclosures[i]);
  }
  return out;
}

std::vector<std::string> split_disclosures(std::string_view value) {
  std::vector<std::string> lines;
  for (std::size_t end = value.find('\n'); end != std::string_view::npos; end = value.find('\n')) {
    lines.push_back(read_line(value.substr(0, end)));
    value.remove_prefix(end + 1);
  }
  lines.push_back(read_line(value));
  return lines;
}

std::string first_disclosure(std::string_view value) {
  return read_line(value.substr(0, value.find('\n')));
}

Result<LogRecord> load_record(const store::Store& store, LogNumber log) {
  QM_TRY(const auto bytes, store.get(Table::kMeta, record_key(log)));
  if (!bytes) return fail(Errc::kNotFound, cat("there is no log ", log, " in ", store.directory()));
  return read_record(*bytes);
}

Result<StateRecord> load_state(const store::Store& store, LogNumber log) {
  QM_TRY(const auto bytes, store.get(Table::kMeta, state_key(log)));
  if (!bytes)
    return fail(Errc::kDataLoss,
                cat("the state record of log ", log, " in ", store.directory(), " is missing"));
  return read_state(*bytes);
}

}  // namespace quarrymark::log
