#include "scanner/carrier/carrier.h"

#include "ledger/base/bytes.h"
#include "ledger/base/text.h"
#include "scanner/carrier/bounded_flate.h"
#include "scanner/carrier/png_rows.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdlib>
#include <functional>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEFStreamObjectHelper.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFFileSpecObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <stdexcept>

namespace quarrymark::carrier {
namespace {

const std::string kPassport = R"({"v":1,"items":[],"packets":[],"clear":null})";

std::string page(const std::string& inside) {
  return cat("<!doctype html>\n<html><body>", inside, "</body></html>");
}

std::string message_of(const Result<std::string>& result) {
  return result ? cat("no error, got ", result->size(), " bytes") : result.error().message;
}

// --- formats

TEST(Format, IsToldByContentAlone) {
  EXPECT_EQ(format_of("%PDF-1.7\n"), Format::kPdf);
  EXPECT_EQ(format_of("<!DOCTYPE html>"), Format::kHtml);
  EXPECT_EQ(format_of("\xEF\xBB\xBF \r\n<HTML lang=x>"), Format::kHtml);
  for (const char* other : {"", "{", "{\"v\":1}", " %PDF-", "<svg>", "<!doc", "\xEF\xBB\xBF"})
    EXPECT_EQ(format_of(other), Format::kOther) << other;
}

TEST(TakeOut, ReturnsWhatIsNoDocumentAsItIs) {
  for (const std::string& bytes : {kPassport, std::string("garbage"), std::string()})
    EXPECT_EQ(take_out(bytes).value(), bytes);
}

TEST(TakeOut, RefusesADocumentBeyondTheLimit) {
  std::string html = page(html_element(kPassport));
  html.resize(kMaxFileBytes + 1, ' ');
  const auto taken = take_out(std::move(html));
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, Errc::kTooLarge);
}

// --- HTML

RC_GTEST_PROP(Html, GivesBackAnyBytes, (const std::string& bytes)) {
  RC_ASSERT(take_out(page(html_element(bytes))).value() == bytes);
}

TEST(Html, SaysWhateverItLikesAroundThePassport) {
  EXPECT_EQ(take_out(page("<h1>Records support this</h1><script>lie()</script>" +
                          html_element(kPassport) + "<p>match match match"))
                .value(),
            kPassport);
}

TEST(Html, RefusesEverythingButOneElementInOneSpelling) {
  const std::string element = html_element(kPassport), other = html_element("{}");
  const std::string text = base64_encode(as_bytes(kPassport));
  const std::string opening(kHtmlOpening);
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"", "no passport"},
      {"<script type=\"application/json\">e30=</script>", "no passport"},
      {element + other, "got 2"},
      {"<!--" + other + "-->" + element, "got 2"},
      {element + "<!-- APPLICATION/VND.QUARRYMARK.PASSPORT -->", "got 2"},
      {"<div title='" + other + "'></div>" + element, "got 2"},
      {"<SCRIPT type=\"application/vnd.quarrymark.passport\" data-encoding=\"base64\">" + text +
           "</script>",
       "does not open"},
      {"<script data-encoding=\"base64\" type=\"application/vnd.quarrymark.passport\">" + text +
           "</script>",
       "does not open"},
      {"<script type='application/vnd.quarrymark.passport' data-encoding='base64'>" + text +
           "</script>",
       "does not open"},
      {opening + text, "does not end"},
      {opening + text + "</SCRIPT>", "does not end"},
      {opening + text + "<!-- --></script>", "does not end"},
      {opening + " " + text + "</script>", "not base64"},
      {opening + text + "\n</script>", "not base64"},
      {opening + text.substr(1) + "</script>", "not base64"},
      {opening + "e31=</script>", "not base64"},  // spare bits set
      {opening + "e30</script>", "not base64"},   // no padding
      {opening + "e3-_</script>", "not base64"},  // the other alphabet
  };
  for (const auto& [inside, expected] : cases) {
    const auto taken = take_out(page(inside));
    EXPECT_FALSE(taken) << inside;
    EXPECT_NE(message_of(taken).find(expected), std::string::npos) << inside << "\n"
                                                                   << message_of(taken);
  }
}

TEST(Html, RefusesAPassportBeyondTheLimit) {
  const auto taken = take_out(page(html_element(std::string(kMaxPassportBytes + 4, 'x'))));
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, Errc::kTooLarge);
  EXPECT_TRUE(take_out(page(html_element(std::string(kMaxPassportBytes, 'x')))));
}

TEST(Html, IsRefusedOrUnchangedWhateverByteIsAltered) {
  const std::string html = page(html_element(kPassport));
  const std::size_t begin = html.find(kHtmlOpening), end = html.find(kHtmlClosing);
  for (std::size_t at = 0; at < html.size(); ++at) {
    std::string altered = html;
    altered[at] = static_cast<char>(altered[at] ^ 0x01);
    if (format_of(altered) != Format::kHtml) continue;
    const auto taken = take_out(altered);
    // Inside the element other bytes may come out; those are for the verifier to judge.
    if (at < begin || at > end + kHtmlClosing.size())
      EXPECT_EQ(message_of(taken), message_of(take_out(html))) << at;
  }
}

// --- PDF

using Edit = std::function<void(QPDF&)>;

std::string written(QPDF& document, const std::function<void(QPDFWriter&)>& settings = {}) {
  QPDFWriter writer(document);
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  if (settings) settings(writer);
  writer.write();
  const auto bytes = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize()};
}

std::string empty_pdf(const Edit& edit = {}) {
  QPDF document;
  document.emptyPDF();
  if (edit) edit(document);
  return written(document);
}

std::string edited(const std::string& pdf, const Edit& edit,
                   const std::function<void(QPDFWriter&)>& settings = {}) {
  QPDF document;
  document.processMemoryFile("test", pdf.data(), pdf.size());
  edit(document);
  return written(document, settings);
}

void attach(QPDF& document, const std::string& key, const std::string& name,
            const std::string& bytes) {
  auto stream = QPDFEFStreamObjectHelper::createEFStream(document, bytes);
  auto file = QPDFFileSpecObjectHelper::createFileSpec(document, name, stream);
  QPDFEmbeddedFileDocumentHelper(document).replaceEmbeddedFile(key, file);
}

const PdfDetails kDetails{"nl", "2025-06-02"};
std::string carrying_pdf() { return put_into_pdf(empty_pdf(), kPassport, kDetails).value(); }

TEST(Pdf, GivesBackThePassport) { EXPECT_EQ(take_out(carrying_pdf()).value(), kPassport); }

TEST(Pdf, IsTheSameTwice) { EXPECT_EQ(carrying_pdf(), carrying_pdf()); }

TEST(Pdf, HasLanguageAndNoDateButItsOwn) {
  const std::string bytes = carrying_pdf();
  QPDF document;
  document.processMemoryFile("test", bytes.data(), bytes.size());
  EXPECT_EQ(document.getRoot().getKey("/Lang").getUTF8Value(), "nl");
  const auto files = QPDFEmbeddedFileDocumentHelper(document).getEmbeddedFiles();
  ASSERT_EQ(files.size(), 1u);
  QPDFEFStreamObjectHelper stream(files.begin()->second->getEmbeddedFileStream());
  EXPECT_EQ(stream.getCreationDate(), "D:20250602000000Z");
  EXPECT_EQ(stream.getSize(), kPassport.size());
}

TEST(Pdf, MayBeWrittenAgainByOthersAndCarryOtherFiles) {
  const std::string pdf = edited(
      carrying_pdf(),
      [](QPDF& document) {
        attach(document, "invoice.xml", "invoice.xml", "<a/>");
        document.getRoot().replaceKey("/Said", QPDFObjectHandle::newString("match"));
      },
      [](QPDFWriter& writer) { writer.setObjectStreamMode(qpdf_o_generate); });
  EXPECT_EQ(take_out(pdf).value(), kPassport);
}

TEST(Pdf, WithoutAPassportIsRefused) {
  for (const std::string& pdf :
       {empty_pdf(), empty_pdf([](QPDF& document) { attach(document, "a", "a.json", kPassport); }),
        empty_pdf([](QPDF& document) {
          document.getRoot().replaceKey("/Names", QPDFObjectHandle::newInteger(1));
        })}) {
    const auto taken = take_out(pdf);
    ASSERT_FALSE(taken);
    EXPECT_NE(message_of(taken).find("no passport"), std::string::npos) << message_of(taken);
  }
}

TEST(Pdf, WithTwoPassportsIsRefusedHoweverTheyAreNamed) {
  for (const auto& [key, name] :
       {std::pair{"second", "passport.json"}, std::pair{"a", "passport.json"}}) {
    const auto taken = take_out(edited(carrying_pdf(), [&, key = key, name = name](QPDF& document) {
      attach(document, key, name, "{}");
    }));
    ASSERT_FALSE(taken);
    EXPECT_NE(message_of(taken).find("got 2"), std::string::npos) << message_of(taken);
  }
}

TEST(Pdf, WhoseNamesLeadToDifferentStreamsIsRefused) {
  const auto taken = take_out(edited(carrying_pdf(), [](QPDF& document) {
    auto file = QPDFEmbeddedFileDocumentHelper(document).getEmbeddedFile("passport.json");
    auto other = QPDFEFStreamObjectHelper::createEFStream(document, std::string("{}"));
    file->getEmbeddedFileStreams().replaceKey("/F", other.getObjectHandle());
  }));
  ASSERT_FALSE(taken);
  EXPECT_NE(message_of(taken).find("not one stream"), std::string::npos) << message_of(taken);
}

TEST(Pdf, ThatIsEncryptedIsRefusedInOneLine) {
  for (const char* password : {"", "secret"}) {
    const auto taken = take_out(edited(
        carrying_pdf(), [](QPDF&) {},
        [&](QPDFWriter& writer) {
          writer.setDeterministicID(false);
          writer.setR6EncryptionParameters(password, "owner", true, true, true, true, true, true,
                                           qpdf_r3p_full, true);
        }));
    ASSERT_FALSE(taken);
    EXPECT_NE(message_of(taken).find("encrypted"), std::string::npos) << message_of(taken);
  }
}

// Where only the end of the last line is missing, all there was to read is still there.
TEST(Pdf, ThatIsCutOffGivesNothingOrTheWholePassport) {
  const std::string pdf = carrying_pdf();
  const auto whole = take_out(pdf);
  ASSERT_TRUE(whole);
  std::size_t given = 0;
  for (std::size_t size = 5; size < pdf.size(); ++size) {
    const auto taken = take_out(pdf.substr(0, size));
    if (!taken) continue;
    EXPECT_EQ(*taken, *whole) << size;
    ++given;
  }
  EXPECT_LT(given, 12u);
}

TEST(Pdf, NeverBreaksTheReaderWhateverByteIsAltered) {
  const std::string pdf = carrying_pdf();
  for (std::size_t at = 5; at < pdf.size(); ++at)
    for (const int change : {0x01, 0x20, 0xFF}) {
      std::string altered = pdf;
      altered[at] = static_cast<char>(altered[at] ^ change);
      const auto taken = take_out(altered);
      if (!taken) EXPECT_EQ(message_of(taken).find('\n'), std::string::npos) << at;
    }
}

TEST(Pdf, WithAPassportThatGrowsBeyondTheLimitIsRefused) {
  const std::string pdf = empty_pdf([](QPDF& document) {
    attach(document, "passport.json", "passport.json", std::string(kMaxPassportBytes + 1, ' '));
  });
  EXPECT_LT(pdf.size(), 100'000u);
  const auto taken = take_out(pdf);
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().code, Errc::kTooLarge) << message_of(taken);
}

TEST(Pdf, WhoseOwnObjectsGrowBeyondTheLimitIsRefused) {
  bound_flate_streams();
  QPDF document;
  document.emptyPDF();
  attach(document, "passport.json", "passport.json", kPassport);
  document.getRoot().replaceKey("/Big", document.makeIndirectObject(QPDFObjectHandle::newString(
                                            std::string(kMaxStreamBytes + 1, 'a'))));
  const std::string pdf =
      written(document, [](QPDFWriter& writer) { writer.setObjectStreamMode(qpdf_o_generate); });
  EXPECT_LT(pdf.size(), 1'000'000u);
  EXPECT_FALSE(take_out(pdf));
}

// --- PNG rows, which cross-reference streams are written in

std::string filtered(const std::string& row, const std::string& before, int filter,
                     std::size_t pixel) {
  std::string out(1, static_cast<char>(filter));
  for (std::size_t i = 0; i < row.size(); ++i) {
    const auto at = [](const std::string& text, std::size_t place) {
      return static_cast<int>(static_cast<unsigned char>(text[place]));
    };
    const int a = i >= pixel ? at(row, i - pixel) : 0, b = at(before, i),
              c = i >= pixel ? at(before, i - pixel) : 0;
    const int p = a + b - c;
    const int paeth = std::abs(p - a) <= std::abs(p - b) && std::abs(p - a) <= std::abs(p - c) ? a
                      : std::abs(p - b) <= std::abs(p - c)                                     ? b
                                                                                               : c;
    const int guesses[] = {0, a, b, (a + b) / 2, paeth};
    out += static_cast<char>(at(row, i) - guesses[filter]);
  }
  return out;
}

RC_GTEST_PROP(PngRows, AreUndoneHoweverTheyArrive, ()) {
  const auto columns = *rc::gen::inRange(1, 9), colours = *rc::gen::inRange(1, 4);
  const auto size = static_cast<std::size_t>(columns * colours);
  std::string plain, encoded, before(size, '\0');
  for (int row = *rc::gen::inRange(1, 6); row > 0; --row) {
    const auto bytes = *rc::gen::container<std::string>(size, rc::gen::arbitrary<char>());
    encoded += filtered(bytes, before, *rc::gen::inRange(0, 5), static_cast<std::size_t>(colours));
    plain += before = bytes;
  }
  auto rows = PngRows::of(columns, colours, 8).value();
  const auto cut = *rc::gen::inRange<std::size_t>(0, encoded.size() + 1);
  std::string out = rows.take(encoded.substr(0, cut));
  out += rows.take(encoded.substr(cut));
  RC_ASSERT(out == plain);
}

TEST(PngRows, RefuseWidthsAndFiltersThatDoNotExist) {
  for (const long long columns : {0LL, -1LL, 1LL << 40}) EXPECT_FALSE(PngRows::of(columns, 1, 8));
  EXPECT_FALSE(PngRows::of(1, 0, 8));
  EXPECT_FALSE(PngRows::of(1, 1, 0));
  EXPECT_THROW(PngRows::of(1, 1, 8)->take(std::string("\x05\x00", 2)), std::runtime_error);
}

}  // namespace
}  // namespace quarrymark::carrier
