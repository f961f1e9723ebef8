#include "ledger/note/checkpoint.h"

#include "ledger/base/text.h"
#include "ledger/note/lines.h"
#include "ledger/note/signed_note.h"

#include <algorithm>

namespace quarrymark::note {

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  QM_TRY(const auto lines, split_lines(text));
  if (lines.size() < 3)
    return fail(Errc::kMalformed, cat("checkpoint: expected at least 3 lines, got ", lines.size()));
  if (std::any_of(lines.begin(), lines.end(), [](auto line) { return line.empty(); }))
    return fail(Errc::kMalformed, "checkpoint: has an empty line");

  Checkpoint checkpoint;
  checkpoint.origin = lines[0];
  const auto size = parse_decimal(lines[1]);
  if (!size)
    return fail(Errc::kMalformed,
                cat("checkpoint: expected the tree size in decimal without leading zeros, got ",
                    quoted_for_message(lines[1])));
  checkpoint.size = *size;
  auto root = parse_base64_hash(lines[2]);
  if (!root) return fail(Errc::kMalformed, cat("checkpoint: root: ", root.error().message));
  checkpoint.root = *root;
  checkpoint.extensions.assign(lines.begin() + 3, lines.end());
  return checkpoint;
}

std::string write_checkpoint(const Checkpoint& checkpoint) {
  std::string text =
      cat(checkpoint.origin, '\n', checkpoint.size, '\n', base64_encode(checkpoint.root), '\n');
  for (const std::string& line : checkpoint.extensions) text += line + '\n';
  return text;
}

Result<std::string> sign_checkpoint(std::string_view origin, std::uint64_t size, const Hash& root,
                                    const crypto::SigningKey& key) {
  return sign_note(write_checkpoint({std::string(origin), size, root, {}}), origin, key);
}

}  // namespace quarrymark::note
