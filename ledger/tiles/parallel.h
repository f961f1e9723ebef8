// Independent pieces of work on several threads.
#pragma once

#include <cstddef>
#include <functional>

namespace quarrymark::tiles {

// Runs `work(0)` … `work(count − 1)`, each once, on at most `threads` threads; returns when all
// are done. `work` throws nothing.
void run_parallel(std::size_t count, unsigned threads,
                  const std::function<void(std::size_t)>& work);

}  // namespace quarrymark::tiles
