// 128-bit whole numbers for products of two 64-bit ones.
#pragma once

namespace quarrymark::custody {

__extension__ typedef __int128 Wide;

}  // namespace quarrymark::custody
