#include "ledger/witness/add_checkpoint.h"

#include "ledger/base/text.h"
#include "ledger/note/lines.h"

namespace quarrymark::witness {
namespace {

constexpr std::string_view kOld = "old ";

tl::unexpected<Error> refuse(std::size_t line, std::string_view what) {
  return fail(Errc::kMalformed, cat("add-checkpoint: ", what), cat("line ", line));
}

}  // namespace

Result<AddCheckpoint> parse_add_checkpoint(std::string_view body) {
  if (body.size() > kMaxAddCheckpointBytes)
    return fail(Errc::kTooLarge, cat("add-checkpoint: at most ", kMaxAddCheckpointBytes,
                                     " bytes, got ", body.size()));
  AddCheckpoint request;
  for (std::size_t number = 1;; ++number) {
    const std::size_t end = body.find('\n');
    if (end == body.npos) return refuse(number, "expected an empty line and a checkpoint");
    const std::string_view line = body.substr(0, end);
    body.remove_prefix(end + 1);
    if (number == 1) {
      const auto size = line.starts_with(kOld) ? note::parse_decimal(line.substr(kOld.size()))
                                               : std::optional<std::uint64_t>();
      if (!size)
        return refuse(number, cat("expected old and a size in decimal without leading zeros, got ",
                                  quoted_for_message(line)));
      request.old_size = *size;
    } else if (line.empty()) {
      if (body.empty()) return refuse(number + 1, "expected a checkpoint");
      request.checkpoint = body;
      return request;
    } else if (request.proof.size() == kMaxConsistencyHashes) {
      return refuse(number, cat("more than ", kMaxConsistencyHashes, " hashes"));
    } else {
      const auto hash = note::parse_base64_hash(line);
      if (!hash) return refuse(number, hash.error().message);
      request.proof.push_back(*hash);
    }
  }
}

std::string write_add_checkpoint(const AddCheckpoint& request) {
  std::string out = cat(kOld, request.old_size, '\n');
  for (const Hash& hash : request.proof) out += base64_encode(hash) + '\n';
  return cat(out, '\n', request.checkpoint);
}

}  // namespace quarrymark::witness
