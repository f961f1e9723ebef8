// A share of an amount, exact: shares of a whole always add up to one, however long the chain.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>

#include <cstdint>

namespace quarrymark::custody {

using Share = boost::multiprecision::cpp_rational;

// `share` of `amount`, rounded to the nearest whole, halves up.
inline std::int64_t share_of(const Share& share, std::int64_t amount) {
  const Share exact = share * amount * 2 + 1;
  const boost::multiprecision::cpp_int twice = numerator(exact) / denominator(exact);
  return static_cast<std::int64_t>(twice / 2);
}
inline std::int64_t per_mille(const Share& share) { return share_of(share, 1000); }

}  // namespace quarrymark::custody
