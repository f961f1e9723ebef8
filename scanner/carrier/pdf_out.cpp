#include "ledger/base/text.h"
#include "scanner/carrier/carrier.h"

#include <algorithm>
#include <exception>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <vector>

namespace quarrymark::carrier {
namespace {

// "2025-06-02" → "D:20250602000000Z"
std::string pdf_date(std::string date) {
  date.erase(std::remove(date.begin(), date.end(), '-'), date.end());
  return cat("D:", date, "000000Z");
}

QPDFObjectHandle embed(QPDF& document, std::string_view passport, const PdfDetails& details) {
  auto stream = QPDFEFStreamObjectHelper::createEFStream(document, std::string(passport));
  stream.setCreationDate(pdf_date(details.date)).setModDate(pdf_date(details.date));
  stream.setSubtype(std::string(kMediaType));
  auto file =
      QPDFFileSpecObjectHelper::createFileSpec(document, std::string(kAttachmentName), stream);
  // What the document was made from, as ISO 32000-2 calls it.
  file.getObjectHandle().replaceKey("/AFRelationship", QPDFObjectHandle::newName("/Source"));
  QPDFEmbeddedFileDocumentHelper(document).replaceEmbeddedFile(std::string(kAttachmentName), file);
  return file.getObjectHandle();
}

}  // namespace

Result<std::string> put_into_pdf(std::string_view pdf, std::string_view passport,
                                 const PdfDetails& details) {
  try {
    QPDF document;
    document.setSuppressWarnings(true);
    document.processMemoryFile("document", pdf.data(), pdf.size());
    const QPDFObjectHandle file = embed(document, passport, details);
    QPDFObjectHandle root = document.getRoot();
    root.replaceKey("/AF", QPDFObjectHandle::newArray(std::vector<QPDFObjectHandle>{file}));
    root.replaceKey("/Lang", QPDFObjectHandle::newUnicodeString(details.language));
    QPDFObjectHandle preferences = QPDFObjectHandle::newDictionary();
    preferences.replaceKey("/DisplayDocTitle", QPDFObjectHandle::newBool(true));
    root.replaceKey("/ViewerPreferences", preferences);
    QPDFWriter writer(document);
    writer.setOutputMemory();
    writer.setDeterministicID(true);
    writer.write();
    const auto bytes = writer.getBufferSharedPointer();
    return std::string(reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize());
  } catch (const std::exception& error) {
    return fail(Errc::kInternal,
                cat("the PDF could not be put together: ", visible_text(error.what(), 200)));
  }
}

}  // namespace quarrymark::carrier
