// Verifying passports beside the least that any verifier must do: one Ed25519 verification for
// each packet's checkpoint.
#include "ledger/base/text.h"
#include "ledger/crypto/key.h"
#include "ledger/judge/judge.h"
#include "ledger/passport/verify.h"
#include "tests/bench/measures.h"
#include "tests/bench/timing.h"
#include "tests/support/long_chain.h"
#include "tests/support/stone_chain.h"

#include <algorithm>
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

// A passport beside its signatures alone.
Line beside_signatures(const Setup& setup, std::string name, const passport::Passport& passport,
                       const passport::Trust& trust, std::size_t signatures, int times) {
  const std::string bytes = passport::write_passport(passport);
  if (setup.quick) times = std::min(times, 20);
  Rounds rounds;
  for (int round = 0; round < (setup.quick ? 1 : 5); ++round)
    rounds.add(times / check_seconds(bytes, trust, times),
               times / signature_seconds(signatures, times));
  Line line = rounds.line(std::move(name), "passports/s", 0);
  line.included =
      cat(entries_of(passport), " entries in ", passport.packets.size(), " packets, ", bytes.size(),
          " bytes, one thread; beside ", signatures, " Ed25519 verifications");
  return line;
}

}  // namespace

std::vector<Line> measure_passports(const Setup& setup) {
  const support::StoneChain chain;
  // Each packet's checkpoint, and the one event that a phone signed.
  const std::size_t signatures = chain.passport().packets.size() + 1;
  std::vector<Line> lines{beside_signatures(setup, "passport, proved and judged", chain.passport(),
                                            chain.trust(), signatures, 1000)};

  const std::uint64_t log_size = setup.quick ? 1000 : 1'000'000;
  const support::LongChain long_chain(log_size);
  Line line = beside_signatures(setup, "long passport, proved and judged", long_chain.passport,
                                long_chain.trust, long_chain.passport.packets.size(), 200);
  // The aim is a time: twice that of the signatures and one millisecond more.
  const double signature_time = 1 / line.other;
  line.other = 1 / (signature_time + 0.001);
  line.ratio = line.ours / line.other;
  line.aim = 0.5;
  line.included += cat(" and 1 ms; logs of ", log_size, " entries");
  lines.push_back(line);
  return lines;
}

}  // namespace quarrymark::bench
