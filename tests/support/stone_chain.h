// One small chain of custody, complete and right: a registrar admits a quarry and a factory; the
// quarry extracts a block and dispatches it; the factory receives, saws, packs and dispatches a
// crate to a buyer. Names hide in the usual places.
#pragma once

#include "tests/support/passport_builder.h"

namespace quarrymark::support {

struct StoneChain {
  StoneChain();

  crypto::SigningKey phone = test_key(90);  // of the quarry, enrolled by its admit
  Cosigner witness{"witness.example", test_key(91)};
  TestLog registrar{1}, quarry{2}, factory{3}, buyer{4};
  Appended site, admit_quarry, admit_factory;
  Appended extract, to_factory;
  Appended receive, saw, pack, to_buyer;

  // All of it, about the crate on its way to the buyer: packets of registrar, quarry, factory.
  passport::Passport passport() const;
  passport::Passport cosigned_passport() const;
  passport::Trust trust() const;         // the registrar; no witnesses
  passport::Trust strict_trust() const;  // and the witness, whose cosignature is asked for
};

inline constexpr std::string_view kQuarryName = "Khairpur Stone";
inline constexpr std::string_view kFactoryName = "Shuitou Works";

}  // namespace quarrymark::support
