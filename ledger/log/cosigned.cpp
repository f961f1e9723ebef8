#include "ledger/log/cosigned.h"

#include "ledger/base/text.h"
#include "ledger/tiles/signed_checkpoint.h"

#include <algorithm>

namespace quarrymark::log {
namespace {

using store::Table;

std::string prefix_of(LogNumber log) {
  std::string key = "cosigned:";
  store::append_u32(key, log);
  return key;
}

std::string key_of(LogNumber log, std::uint64_t size) {
  std::string key = prefix_of(log);
  store::append_u64(key, size);
  return key;
}

bool same_key(const note::NoteSignature& a, const note::NoteSignature& b) {
  return a.name == b.name && a.id == b.id;
}

// The checkpoint, once it is known to be one this log signed.
Result<tiles::SignedCheckpoint> open_own(const Log& log, const tiles::LogIdentity& own,
                                         std::string_view note) {
  QM_TRY(tiles::SignedCheckpoint opened, tiles::open_checkpoint(note, own));
  if (!opened.checkpoint.extensions.empty())
    return fail(Errc::kRefused, "the checkpoint has extension lines, which passports do not carry");
  const std::uint64_t size = opened.checkpoint.size;
  if (size > log.size())
    return fail(Errc::kRefused, cat("the checkpoint covers ", size, " entries, the log has ",
                                    log.size(), ": its newest entries are lost"));
  QM_TRY(const Hash root, log.root(size));
  if (root != opened.checkpoint.root)
    return fail(Errc::kRefused,
                cat("the log's key signed another tree of ", size, " entries: its root is ",
                    base64_encode(opened.checkpoint.root), ", the log's is ", base64_encode(root)));
  return opened;
}

// The lines that stay: those of `keys`, the ones kept before first.
std::vector<note::NoteSignature> joined_lines(const note::Note& arrived,
                                              const std::optional<note::Note>& known,
                                              std::span<const note::VerifierKey> keys) {
  std::vector<note::NoteSignature> lines;
  if (known) lines = known->signatures;
  for (const note::NoteSignature& line : arrived.signatures) {
    const bool wanted = std::any_of(keys.begin(), keys.end(), [&](const auto& key) {
      return key.name == line.name && key.id == line.id;
    });
    const bool there = std::any_of(lines.begin(), lines.end(),
                                   [&](const auto& kept) { return same_key(kept, line); });
    if (!there && wanted) lines.push_back(line);
  }
  return lines;
}

}  // namespace

Result<CosignedTaken> take_cosigned(store::Store& store, const Log& log, std::string_view note,
                                    std::span<const note::VerifierKey> witnesses) {
  tiles::LogIdentity own{log.origin(), {}};
  for (const std::string& vkey : log.vkeys()) {
    QM_TRY(note::VerifierKey key, note::parse_vkey(vkey));
    own.keys.push_back(std::move(key));
  }
  QM_TRY(const tiles::SignedCheckpoint opened, open_own(log, own, note));
  for (const note::VerifierKey& key : witnesses)
    if (key.type != note::kEd25519Cosignature)
      return fail(
          Errc::kInvalidArgument,
          cat("key ", key.text(), ": expected a witness's key of type 4, got type ", key.type));
  QM_TRY(std::vector<note::VerifiedSignature> cosignatures,
         note::verify_note(opened.note, witnesses));
  const auto turn = store.lock_writer();
  const std::string key = key_of(log.number(), opened.checkpoint.size);
  QM_TRY(const auto stored, store.get(Table::kMeta, key));
  std::optional<note::Note> known;
  if (stored) {
    QM_TRY(known, note::parse_note(*stored));
  }
  CosignedTaken taken;
  taken.size = opened.checkpoint.size;
  taken.ignored = opened.note.signatures.size() - 1 - cosignatures.size();
  taken.cosignatures = std::move(cosignatures);
  std::vector<note::VerifierKey> keys = own.keys;
  keys.insert(keys.end(), witnesses.begin(), witnesses.end());
  taken.note = note::write_note({opened.note.text, joined_lines(opened.note, known, keys)});
  store::Batch batch(store);
  batch.put(Table::kMeta, key, taken.note);
  QM_TRY_VOID(store.write(batch, true));
  return taken;
}

Result<std::optional<std::string>> newest_cosigned(const store::Store& store, LogNumber log,
                                                   std::uint64_t entries) {
  QM_TRY(auto last, store.last(Table::kMeta, prefix_of(log)));
  const std::size_t prefix = prefix_of(log).size();
  if (!last || last->first.size() != prefix + 8 ||
      store::read_u64(std::string_view(last->first).substr(prefix)) < entries)
    return std::optional<std::string>();
  return std::optional<std::string>(std::move(last->second));
}

bool has_cosignature(std::string_view note) {
  constexpr std::size_t kTimeSize = 8;
  const auto parsed = note::parse_note(note);
  return parsed && std::any_of(parsed->signatures.begin(), parsed->signatures.end(),
                               [](const note::NoteSignature& line) {
                                 return line.bytes.size() == kTimeSize + crypto::Signature{}.size();
                               });
}

}  // namespace quarrymark::log
