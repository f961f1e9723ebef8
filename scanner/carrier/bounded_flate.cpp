#include "scanner/carrier/bounded_flate.h"

#include "scanner/carrier/png_rows.h"

#include <memory>
#include <mutex>
#include <optional>
#include <qpdf/Pl_Flate.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFStreamFilter.hh>
#include <stdexcept>

namespace quarrymark::carrier {
namespace {

// Passes on at most kMaxStreamBytes, then breaks off by an exception, which qpdf turns into its
// own and this folder into an Error.
class Bound : public Pipeline {
 public:
  explicit Bound(Pipeline* after) : Pipeline("bound", after) {}
  void write(const unsigned char* data, std::size_t size) override {
    total_ += size;
    if (total_ > kMaxStreamBytes) throw std::runtime_error("a stream is too large");
    getNext()->write(data, size);
  }
  void finish() override { getNext()->finish(); }

 private:
  std::size_t total_ = 0;
};

// Undoes the PNG prediction that cross-reference streams use.
class Unpredict : public Pipeline {
 public:
  Unpredict(Pipeline* after, const PngRows& rows) : Pipeline("unpredict", after), rows_(rows) {}
  void write(const unsigned char* data, std::size_t size) override {
    const std::string out = rows_.take({reinterpret_cast<const char*>(data), size});
    if (!out.empty())
      getNext()->write(reinterpret_cast<const unsigned char*>(out.data()), out.size());
  }
  void finish() override { getNext()->finish(); }

 private:
  PngRows rows_;
};

class BoundedFlate : public QPDFStreamFilter {
 public:
  bool setDecodeParms(QPDFObjectHandle parameters) override {
    if (parameters.isNull()) return true;
    if (!parameters.isDictionary()) return false;
    const auto number = [&](const std::string& key, long long otherwise) {
      QPDFObjectHandle value = parameters.getKey(key);
      return value.isInteger() ? value.getIntValue() : otherwise;
    };
    const long long predictor = number("/Predictor", 1);
    if (predictor == 1) return true;
    if (predictor < 10 || predictor > 15) return false;
    rows_ =
        PngRows::of(number("/Columns", 1), number("/Colors", 1), number("/BitsPerComponent", 8));
    return rows_.has_value();
  }
  Pipeline* getDecodePipeline(Pipeline* next) override {
    if (rows_) {
      unpredict_ = std::make_unique<Unpredict>(next, *rows_);
      next = unpredict_.get();
    }
    bound_ = std::make_unique<Bound>(next);
    flate_ = std::make_unique<Pl_Flate>("flate", bound_.get(), Pl_Flate::a_inflate);
    return flate_.get();
  }

 private:
  std::optional<PngRows> rows_;
  std::unique_ptr<Unpredict> unpredict_;
  std::unique_ptr<Bound> bound_;
  std::unique_ptr<Pl_Flate> flate_;
};

}  // namespace

void bound_flate_streams() {
  static std::once_flag once;
  std::call_once(once, [] {
    QPDF::registerStreamFilter("/FlateDecode", [] { return std::make_shared<BoundedFlate>(); });
  });
}

}  // namespace quarrymark::carrier
