// Keeps a small PDF from growing into gigabytes: every Flate stream that is opened afterwards, in
// any document, stops after kMaxStreamBytes.
#pragma once

#include <cstddef>

namespace quarrymark::carrier {

inline constexpr std::size_t kMaxStreamBytes = 64u << 20;

// Once for the process; cheap to call again.
void bound_flate_streams();

}  // namespace quarrymark::carrier
