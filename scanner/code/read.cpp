#include "ledger/base/text.h"
#include "scanner/code/code.h"
#include "scanner/code/filters.h"
#include "scanner/code/search.h"

#include <algorithm>
#include <exception>

namespace quarrymark::code {
namespace {

GrayPicture blurred(const GrayPicture& picture) { return box_mean(picture, 1); }

// One attempt: what is done to the picture, and how it is searched afterwards.
struct Pass {
  std::string_view name;
  GrayPicture (*prepare)(const GrayPicture&);  // null: the picture as it is
  int scale;  // pixels of the picture for one pixel of what `prepare` makes
  Threshold threshold;
  Start start;
};

// Ordered by how often each one helps for its cost; the first that finds a code ends the search.
constexpr std::array<Pass, 7> kPasses = {{
    {"original", nullptr, 1, Threshold::kLocal, Start::kWhole},
    {"normalised", normalised, 1, Threshold::kLocal, Start::kWhole},
    {"global_threshold", nullptr, 1, Threshold::kGlobal, Start::kWhole},
    {"half_size", half_size, 2, Threshold::kLocal, Start::kWhole},
    {"blurred", blurred, 1, Threshold::kLocal, Start::kWhole},
    {"sharpened", sharpened, 1, Threshold::kLocal, Start::kWhole},
    {"windows", nullptr, 1, Threshold::kLocal, Start::kWindows},
}};

Corner middle(const CodeFound& found) {
  Corner sum;
  for (const Corner& corner : found.corners) sum = {sum.x + corner.x, sum.y + corner.y};
  return {sum.x / 4, sum.y / 4};
}

// The order in which a person reads: row by row. A code belongs to a row when its middle lies
// above the lowest corner of the row's topmost code, so that a slight tilt changes nothing.
void sort_as_read(std::vector<CodeFound>& found) {
  const auto higher = [](const CodeFound& a, const CodeFound& b) {
    return middle(a).y < middle(b).y;
  };
  const auto further_left = [](const CodeFound& a, const CodeFound& b) {
    return middle(a).x < middle(b).x;
  };
  std::stable_sort(found.begin(), found.end(), higher);
  for (auto row = found.begin(); row != found.end();) {
    int bottom = row->corners[0].y;
    for (const Corner& corner : row->corners) bottom = std::max(bottom, corner.y);
    const auto next = std::find_if(
        row, found.end(), [bottom](const CodeFound& code) { return middle(code).y > bottom; });
    std::stable_sort(row, next, further_left);
    row = next;
  }
}

std::vector<CodeFound> run_pass(const Pass& pass, const GrayPicture& picture) {
  std::vector<CodeFound> found =
      pass.prepare ? find_all_codes(pass.prepare(picture), pass.threshold, pass.start)
                   : find_all_codes(picture, pass.threshold, pass.start);
  for (CodeFound& code : found) {
    code.pass = pass.name;
    for (Corner& corner : code.corners) corner = {corner.x * pass.scale, corner.y * pass.scale};
  }
  return found;
}

}  // namespace

std::string_view symbology_name(Symbology symbology) {
  switch (symbology) {
    case Symbology::kQr:
      return "qr";
    case Symbology::kDataMatrix:
      return "data_matrix";
    case Symbology::kCode128:
      return "code_128";
  }
  return "unknown";
}

std::vector<std::string_view> pass_names() {
  std::vector<std::string_view> names;
  for (const Pass& pass : kPasses) names.push_back(pass.name);
  return names;
}

Result<std::vector<CodeFound>> read_codes(const GrayPicture& picture) {
  if (picture.width <= 0 || picture.height <= 0 ||
      picture.pixels.size() !=
          static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height))
    return fail(Errc::kInvalidArgument, "the picture's pixels do not fit its width and height");
  try {
    for (const Pass& pass : kPasses) {
      std::vector<CodeFound> found = run_pass(pass, picture);
      if (found.empty()) continue;
      sort_as_read(found);
      return found;
    }
    return std::vector<CodeFound>{};
  } catch (const std::exception& error) {
    return fail(Errc::kInternal, cat("the code reader failed: ", error.what()));
  }
}

Result<std::vector<CodeFound>> read_codes(ByteSpan file, const std::string& name) {
  QM_TRY(const GrayPicture picture, decode_picture(file, name));
  Result<std::vector<CodeFound>> found = read_codes(picture);
  if (!found) return fail_at(name, std::move(found.error()));
  return found;
}

Result<std::vector<CodeFound>> read_codes_in_file(const std::string& path) {
  QM_TRY(const std::vector<std::uint8_t> file, load_picture_file(path));
  return read_codes(file, path);
}

}  // namespace quarrymark::code
