// Taking disclosures out of a passport for a letter, and putting opened ones into a passport in
// which they are withheld. docs/sealed.md. Pure.
#pragma once

#include "ledger/passport/packet.h"
#include "ledger/passport/sealed.h"
#include "ledger/passport/withhold.h"

#include <vector>

namespace quarrymark::passport {

// What `full` shows and `copy`, a passport it was withheld from, does not, of the events whose
// heads `copy` shows. Errors as headed_entries.
Result<std::vector<SealedDisclosure>> withheld_from(const Passport& full, const Passport& copy);

// What withholding dropped.
std::vector<SealedDisclosure> disclosures_of(const std::vector<Dropped>& dropped);

struct Completed {
  Passport passport;
  std::size_t added = 0;  // disclosures that were not shown before
  std::size_t known = 0;  // and those that were
};

// Each disclosure goes to every place where its event's head is shown, in the order of the head,
// the device's last. kRefused, naming the event and the field: no head in the passport commits to
// it. kMalformed: it is no disclosure. kTooLarge: the passport would be larger than allowed.
Result<Completed> complete(const Passport& passport,
                           const std::vector<SealedDisclosure>& disclosures);

}  // namespace quarrymark::passport
