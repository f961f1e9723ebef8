// Runs a fuzz target over a kept corpus without a fuzzer: every file as it is, then changed in a
// few thousand ways that are the same on every run. The arguments are folders.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr int kChangesPerFile = 400;

void run(const std::string& bytes) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

// One to four edits: a byte replaced, a piece removed, doubled, or cut off.
std::string changed(std::string bytes, std::mt19937& random) {
  const auto below = [&random](std::size_t end) { return end == 0 ? 0 : random() % end; };
  for (auto edits = 1 + below(4); edits-- > 0 && !bytes.empty();) {
    const std::size_t place = below(bytes.size());
    const std::size_t length = 1 + below(std::min<std::size_t>(16, bytes.size() - place));
    switch (below(4)) {
      case 0:
        bytes[place] = static_cast<char>(random());
        break;
      case 1:
        bytes.erase(place, length);
        break;
      case 2:
        bytes.insert(place, bytes.substr(below(bytes.size()), length));
        break;
      default:
        bytes.resize(place);
    }
  }
  return bytes;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < argc; ++i)
    for (const auto& file : std::filesystem::directory_iterator(argv[i]))
      if (file.is_regular_file()) files.push_back(file.path());
  std::sort(files.begin(), files.end());
  if (files.empty()) {
    std::fprintf(stderr, "no files in the folders named\n");
    return EXIT_FAILURE;
  }
  std::mt19937 random(20260302);
  long runs = 0;
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    run(bytes);
    for (int i = 0; i < kChangesPerFile; ++i) run(changed(bytes, random));
    runs += 1 + kChangesPerFile;
  }
  std::printf("%zu files, %ld runs\n", files.size(), runs);
  return EXIT_SUCCESS;
}
