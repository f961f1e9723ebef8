// Notes, checkpoints, vkeys, policies, tile paths and clear notes from anybody.
#include "ledger/note/checkpoint.h"
#include "ledger/note/clear_note.h"
#include "ledger/note/policy.h"
#include "ledger/note/signed_note.h"
#include "ledger/note/tiles.h"
#include "ledger/note/vkey.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quarrymark;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(note::parse_note(text));
  static_cast<void>(note::parse_checkpoint(text));
  static_cast<void>(note::parse_policy(text));
  static_cast<void>(note::parse_tile_path(text));
  static_cast<void>(note::parse_clear_note(text));
  if (const auto key = note::parse_vkey(text))
    QM_CHECK(key->text() == text, "a vkey has one spelling");
  return 0;
}
