// Verifying passports beside the least that any verifier must do: one Ed25519 verification for
// each packet's checkpoint.
#include "ledger/base/text.h"
#include "ledger/crypto/key.h"
#include "ledger/custody/judge.h"
#include "ledger/passport/verify.h"
#include "tests/bench/measures.h"
#include "tests/bench/timing.h"
#include "tests/support/stone_chain.h"

#include <cstdlib>

namespace quarrymark::bench {
namespace {

std::size_t entries_of(const passport::Passport& passport) {
  std::size_t entries = 0;
  for (const passport::Packet& packet : passport.packets) entries += packet.entries.size();
  return entries;
}

double check_seconds(std::string_view bytes, const passport::Trust& trust, int times) {
  return seconds([&] {
    for (int i = 0; i < times; ++i) {
      auto checked = passport::check_passports(std::span(&bytes, 1), trust);
      const auto report = custody::judge(checked.evidence, {}, std::move(checked.findings));
      if (report.verdict == custody::Verdict::kInvalid) {
        std::fprintf(stderr, "quarrymark_bench: %s\n", report.sentence.c_str());
        std::exit(1);
      }
    }
  });
}

double signature_seconds(std::size_t signatures, int times) {
  const auto key = crypto::SigningKey::generate();
  if (!key) std::exit(1);
  const std::string message(200, 'x');
  const crypto::Signature signature = key->sign(message);
  return seconds([&] {
    for (std::size_t i = 0; i < signatures * static_cast<std::size_t>(times); ++i)
      if (!crypto::verify(key->public_key(), message, signature)) std::exit(1);
  });
}

}  // namespace

std::vector<Line> measure_passports(const Setup& setup) {
  const support::StoneChain chain;
  const passport::Passport passport = chain.passport();
  const std::string bytes = passport::write_passport(passport);
  const passport::Trust trust = chain.trust();
  // Each packet's checkpoint, and the one event that a phone signed.
  const std::size_t signatures = passport.packets.size() + 1;
  const int times = setup.quick ? 20 : 1000;
  Rounds rounds;
  for (int round = 0; round < (setup.quick ? 1 : 5); ++round)
    rounds.add(times / check_seconds(bytes, trust, times),
               times / signature_seconds(signatures, times));
  Line line = rounds.line("passport, proved and judged", "passports/s", 0);
  line.included =
      cat(entries_of(passport), " entries in ", passport.packets.size(), " packets, ", bytes.size(),
          " bytes, one thread; beside ", signatures, " Ed25519 verifications");
  return {line};
}

}  // namespace quarrymark::bench
