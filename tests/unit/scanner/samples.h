// Labels and pictures that the scanner's tests have in common.
#pragma once

#include "scanner/code/picture.h"
#include "scanner/label/label.h"
#include "scanner/label/random_source.h"

#include <cstdint>
#include <string>
#include <vector>

namespace quarrymark::samples {

// Repeatable: the same seed gives the same bytes.
label::RandomSource repeatable_random(std::uint64_t seed);

label::Label label(std::uint64_t seed, const std::string& host = "TRACE.EXAMPLE.ORG");
std::vector<label::Label> labels(int count);

// The text of a valid label.
std::string text_of(const label::Label& label);

// A number that comes from an independent calculation, not from the code under test.
inline constexpr const char* kKnownItem = "0123456789ABCDEFK";

std::vector<std::uint8_t> png_of(const code::GrayPicture& picture);
std::vector<std::uint8_t> jpeg_of(const code::GrayPicture& picture);

code::GrayPicture noise(int width, int height, std::uint64_t seed);
code::GrayPicture gradient(int width, int height);

}  // namespace quarrymark::samples
