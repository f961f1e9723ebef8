// Strict on purpose: no recovery of damaged files, no passwords, and no file in which one reader
// could find another passport than the next.
#include "ledger/base/text.h"
#include "scanner/carrier/bounded_flate.h"
#include "scanner/carrier/carrier.h"

#include <exception>
#include <optional>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFExc.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFNameTreeObjectHelper.hh>
#include <stdexcept>
#include <vector>

namespace quarrymark::carrier {
namespace {

constexpr std::size_t kMaxAttachments = 1000;

// Collects what a stream holds, up to the limit of a passport.
class Collector : public Pipeline {
 public:
  Collector() : Pipeline("collector", nullptr) {}
  void write(const unsigned char* data, std::size_t size) override {
    if (bytes_.size() + size > kMaxPassportBytes) {
      overflow_ = true;
      throw std::runtime_error("the passport is too large");
    }
    bytes_.append(reinterpret_cast<const char*>(data), size);
  }
  void finish() override {}

  bool overflow() const { return overflow_; }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
  bool overflow_ = false;
};

tl::unexpected<Error> damaged(std::string_view what) {
  return fail(Errc::kMalformed, cat("this PDF file is damaged: ", visible_text(what, 200)));
}

// The embedded files that call themselves passport.json, in the tree or in their own words.
std::vector<QPDFFileSpecObjectHelper> passports_in(QPDF& document) {
  std::vector<QPDFFileSpecObjectHelper> found;
  QPDFObjectHandle names = document.getRoot().getKey("/Names");
  if (!names.isDictionary()) return found;
  QPDFObjectHandle tree = names.getKey("/EmbeddedFiles");
  if (!tree.isDictionary()) return found;
  QPDFNameTreeObjectHelper files(tree, document, false);
  std::size_t seen = 0;
  for (auto& [key, value] : files) {
    if (++seen > kMaxAttachments) throw std::runtime_error("it has too many embedded files");
    if (!value.isDictionary()) continue;
    QPDFFileSpecObjectHelper file(value);
    bool ours = key == kAttachmentName;
    for (const auto& [kind, name] : file.getFilenames()) ours = ours || name == kAttachmentName;
    if (ours) found.push_back(file);
  }
  return found;
}

// One stream, whichever of the file's names leads to it.
std::optional<QPDFObjectHandle> only_stream(QPDFFileSpecObjectHelper& file) {
  std::optional<QPDFObjectHandle> stream;
  QPDFObjectHandle streams = file.getEmbeddedFileStreams();
  if (!streams.isDictionary()) return std::nullopt;
  for (const std::string& key : streams.getKeys()) {
    QPDFObjectHandle one = streams.getKey(key);
    if (!one.isStream()) return std::nullopt;
    if (stream && stream->getObjGen() != one.getObjGen()) return std::nullopt;
    stream = one;
  }
  return stream;
}

Result<std::string> content_of(QPDFObjectHandle stream) {
  Collector collector;
  bool filtered = false;
  bool good = false;
  try {
    good = stream.pipeStreamData(&collector, &filtered, 0, qpdf_dl_generalized, true);
  } catch (const std::exception&) {
    good = false;
  }
  if (collector.overflow())
    return fail(Errc::kTooLarge, cat("the passport inside this PDF file is larger than ",
                                     kMaxPassportBytes, " bytes"));
  if (!good) return damaged("the passport inside cannot be read");
  return collector.take();
}

Result<std::string> take_out_of(QPDF& document) {
  if (document.isEncrypted())
    return fail(Errc::kMalformed, "this PDF file is encrypted; its passport cannot be read");
  auto files = passports_in(document);
  if (files.empty())
    return fail(
        Errc::kMalformed,
        cat("no passport is inside this PDF file: it has no embedded file ", kAttachmentName));
  if (files.size() > 1)
    return fail(Errc::kMalformed, cat("expected one passport inside this PDF file, got ",
                                      files.size(), " embedded files ", kAttachmentName));
  const auto stream = only_stream(files.front());
  if (!stream) return damaged("the passport inside is not one stream");
  return content_of(*stream);
}

}  // namespace

Result<std::string> take_out_of_pdf(std::string_view pdf) {
  bound_flate_streams();
  try {
    QPDF document;
    document.setSuppressWarnings(true);
    document.setAttemptRecovery(false);
    document.processMemoryFile("this file", pdf.data(), pdf.size());
    return take_out_of(document);
  } catch (const QPDFExc& error) {
    if (error.getErrorCode() == qpdf_e_password)
      return fail(Errc::kMalformed, "this PDF file is encrypted; its passport cannot be read");
    return damaged(error.getMessageDetail());
  } catch (const std::exception& error) {
    return damaged(error.what());
  }
}

}  // namespace quarrymark::carrier
