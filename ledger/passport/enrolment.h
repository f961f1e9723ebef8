// Which device keys count for which log. DESIGN.md §4 "Device", FORMATS.md rule 15.
#pragma once

#include "ledger/custody/evidence.h"

namespace quarrymark::passport {

// Sets `device_signed` on the events that an enrolled device signed. The first key of a log
// stands in an `admit` of a registrar the reader trusts; later ones are enrolled by events that a
// device signed which is enrolled at that point of the log. A key is withdrawn by any `device`
// event of its log, signed or not: who has lost the only phone must be able to say so, and saying
// so only takes something away. A key withdrawn is enrolled again only by such an event.
void mark_device_signed(custody::Evidence& evidence);

}  // namespace quarrymark::passport
