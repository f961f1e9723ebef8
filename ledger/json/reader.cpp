#include "ledger/json/reader.h"

#include "ledger/base/text.h"
#include "ledger/json/writer.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <unordered_set>

namespace quarrymark::json {
namespace {

constexpr std::size_t kFewMembers = 32;

// Builds a Value while nlohmann's parser walks the text; returning false stops the parser at
// once, so that depth and repeated members cost nothing beyond the place they stand in.
class Builder {
 public:
  explicit Builder(int max_depth) : max_depth_(max_depth) {}

  bool null() { return add(Value(nullptr)); }
  bool boolean(bool value) { return add(Value(value)); }
  bool number_integer(std::int64_t value) {
    if (value < -kMaxInteger) return refuse("integer below −(2^53−1)");
    return add(Value(value));
  }
  bool number_unsigned(std::uint64_t value) {
    if (value > static_cast<std::uint64_t>(kMaxInteger)) return refuse("integer above 2^53−1");
    return add(Value(static_cast<std::int64_t>(value)));
  }
  bool number_float(double, const std::string& text) {
    return refuse(cat("expected a whole number, got ", quoted_for_message(text)));
  }
  bool string(std::string& value) { return add(Value(std::move(value))); }
  bool binary(nlohmann::json::binary_t&) { return refuse("binary value"); }

  bool start_object(std::size_t) { return open(Value(Object{})); }
  bool key(std::string& name) {
    Level& level = levels_.back();
    if (level.repeats(name))
      return refuse(cat("member ", quoted_for_message(name), " appears twice"));
    level.name = std::move(name);
    return true;
  }
  bool end_object() { return close(); }
  bool start_array(std::size_t) { return open(Value(Array{})); }
  bool end_array() { return close(); }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& e) {
    // The library's text reads "[json.exception.…] parse error at line 1, column 2: why".
    std::string_view why = e.what();
    if (const auto at = why.find(": "); at != std::string_view::npos) why.remove_prefix(at + 2);
    return refuse(cat("not JSON at byte ", position, ": ", visible_text(why, 160)));
  }

  Value& root() { return root_; }
  const std::string& problem() const { return problem_; }

 private:
  struct Level {
    Value value;
    std::string name;                      // the member whose value comes next
    std::unordered_set<std::string> seen;  // only of objects with many members

    // Nearly every object has few members, and looking through them costs no memory; a hostile
    // one with a million must not cost a million times a million.
    bool repeats(const std::string& next) {
      const Object& members = *value.if_object();
      if (members.size() < kFewMembers)
        return std::any_of(members.begin(), members.end(),
                           [&](const auto& member) { return member.first == next; });
      if (seen.empty())
        for (const auto& [known, ignored] : members) seen.insert(known);
      return !seen.insert(next).second;
    }
  };

  bool refuse(std::string problem) {
    problem_ = std::move(problem);
    return false;
  }
  bool add(Value value) {
    if (levels_.empty()) {
      root_ = std::move(value);
    } else if (Array* array = levels_.back().value.if_array()) {
      array->push_back(std::move(value));
    } else {
      levels_.back().value.if_object()->emplace_back(std::move(levels_.back().name),
                                                     std::move(value));
    }
    return true;
  }
  bool open(Value container) {
    if (static_cast<int>(levels_.size()) >= max_depth_)
      return refuse(cat("nested deeper than ", max_depth_, " levels"));
    levels_.push_back(Level{std::move(container), {}, {}});
    return true;
  }
  bool close() {
    Value finished = std::move(levels_.back().value);
    levels_.pop_back();
    return add(std::move(finished));
  }

  int max_depth_;
  Value root_;
  std::vector<Level> levels_;
  std::string problem_;
};

Result<Value> parse(std::string_view text, const Limits& limits) {
  if (text.size() > limits.bytes)
    return fail(Errc::kTooLarge,
                cat("expected at most ", limits.bytes, " bytes, got ", text.size()));
  Builder builder(limits.depth);
  bool good = false;
  try {
    good = nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  } catch (const std::exception& e) {
    return fail(Errc::kMalformed, cat("not JSON: ", e.what()));
  }
  if (!good) return fail(Errc::kMalformed, builder.problem());
  return std::move(builder.root());
}

}  // namespace

Result<Value> parse_exact(std::string_view text, Limits limits) {
  QM_TRY(Value value, parse(text, limits));
  // One value has one spelling: whatever differs from how we would write it is refused. This
  // covers white space, other escapes, 1e2, -0, a byte-order mark and a final newline at once.
  if (write(value, text.size()) != text)
    return fail(Errc::kMalformed, "not in the exact form: white space, another escape or spelling");
  return value;
}

Result<Value> parse_input(std::string_view text, Limits limits) { return parse(text, limits); }

}  // namespace quarrymark::json
