#include "ledger/base/bytes.h"
#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "scanner/paper/chain_layout.h"
#include "scanner/paper/html.h"
#include "scanner/paper/pdf.h"
#include "scanner/paper/shapes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <set>

namespace quarrymark::paper {
namespace {

constexpr Shape kShapes[] = {
    Shape::kBrokenSeal,    Shape::kCrossOctagon, Shape::kOverlappingSquares, Shape::kScale,
    Shape::kBrokenLine,    Shape::kSplitCircle,  Shape::kHalfFilledCircle,   Shape::kQuestionSquare,
    Shape::kOutlineCircle, Shape::kTickCircle};
constexpr Colour kColours[] = {Colour::kGrey,  Colour::kRed,      Colour::kViolet,
                               Colour::kAmber, Colour::kAmberRed, Colour::kGreyBlue,
                               Colour::kGreen};

Line line(std::string text) { return {std::move(text), Weight::kPlain, {}, {}}; }

Chain chain_of(std::size_t steps, std::size_t lanes) {
  Chain chain;
  chain.caption = "The chain";
  for (std::size_t lane = 0; lane < lanes; ++lane) chain.lanes.push_back(cat("Party ", lane));
  for (std::size_t step = 0; step < steps; ++step) {
    ChainStep made{step % lanes, {}, step % 2 == 1};
    if (step > 0) made.after.push_back(step - 1);
    if (step > 20) made.after.push_back(step - 20);
    chain.steps.push_back(std::move(made));
  }
  return chain;
}

// Every kind of block, with `text` in every place that takes one.
Document document_of(const std::string& text, std::size_t rows = 3) {
  Document document;
  document.language = "en";
  document.title = document.author = text;
  document.date = "2025-06-02";
  document.page = "Page {n} of {total}";
  document.banner = {{Shape::kTickCircle, Colour::kGreen}, text, text, text, {line(text)}};
  document.notice = {line(text)};
  Table table{text, {{text, 1}, {text, 2}}, {}};
  for (std::size_t row = 0; row < rows; ++row) table.rows.push_back({{line(text)}, {line(text)}});
  Chain chain = chain_of(5, 2);
  chain.caption = chain.lanes[0] = text;
  document.sections = {{text,
                        {Lines{line(text)}, List{{{line(text)}}}, Facts{{{text, {line(text)}}}},
                         table, chain, Codes{}}}};
  return document;
}

std::size_t count_of(std::string_view text, std::string_view word) {
  std::size_t count = 0;
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++count;
  return count;
}

TEST(Shapes, DifferFromOneAnotherAndStayInTheirSquare) {
  std::set<std::string> seen;
  for (const Shape shape : kShapes) {
    std::string drawn;
    for (const Stroke& stroke : strokes_of(shape)) {
      drawn += cat(stroke.closed ? "c" : "o", stroke.filled ? "f" : "-", stroke.white ? "w" : "-");
      for (const Point& point : stroke.points) {
        EXPECT_GE(std::min(point.x, point.y), 0);
        EXPECT_LE(std::max(point.x, point.y), kShapeSide);
        drawn += cat(static_cast<int>(point.x * 10), ",", static_cast<int>(point.y * 10), " ");
      }
    }
    EXPECT_TRUE(seen.insert(drawn).second);
  }
}

// WCAG 2.2, 1.4.3: at least 4.5 : 1 for text.
TEST(Colours, CanBeReadOnWhite) {
  for (const Colour colour : kColours) {
    double luminance = 0;
    const double weights[] = {0.2126, 0.7152, 0.0722};
    for (int i = 0; i < 3; ++i) {
      const double part = (rgb_of(colour) >> (16 - 8 * i) & 0xFF) / 255.0;
      luminance +=
          weights[i] * (part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4));
    }
    EXPECT_GE(1.05 / (luminance + 0.05), 4.5) << colour_name(colour);
  }
}

TEST(ChainLayout, PlacesEachStepOnceWithinThePage) {
  for (const std::size_t count : {1u, 2u, 14u, 15u, 60u, 96u, 400u}) {
    const Chain chain = chain_of(count, 7);
    std::size_t next = 0;
    for (const Band& band : lay_out(chain)) {
      for (const StepPlace& place : band.steps) {
        EXPECT_EQ(place.step, next++);
        EXPECT_GT(place.middle.x, kLaneNameWidth);
        EXPECT_LE(place.middle.x + kStepRadius, kChainWidth);
        EXPECT_LE(place.middle.y + kStepRadius, band.height);
      }
      for (std::size_t i = 1; i < band.lanes.size(); ++i)
        EXPECT_GE(band.lanes[i].y - band.lanes[i - 1].y, 2 * kStepRadius);
    }
    EXPECT_EQ(next, std::min(count, kMaxPictureSteps));
  }
}

TEST(ChainLayout, DrawsALinkForEachStepThatIsContinued) {
  const Chain chain = chain_of(60, 7);
  std::size_t links = 0, expected = 0;
  for (const Band& band : lay_out(chain)) links += band.links.size() + band.stubs.size();
  for (const ChainStep& step : chain.steps) expected += step.after.size();
  EXPECT_EQ(links, expected);
  EXPECT_TRUE(lay_out(Chain{}).empty());
}

TEST(Html, EscapesEveryTextWhereverItStands) {
  const std::string evil = "<script>alert(1)</script>\" onload='x' </style></title>&amp;";
  const std::string html = to_html(document_of(evil), "").value();
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_EQ(count_of(html, "</style>"), 1u);
  EXPECT_EQ(count_of(html, "</title>"), 1u);
  EXPECT_EQ(html.find("\" onload="), std::string::npos);
  EXPECT_GT(count_of(html, "&lt;script&gt;"), 8u);
}

TEST(Html, HasNoScriptNoAddressAndAPolicyThatAllowsNone) {
  const std::string html = to_html(document_of("text"), "<carried>").value();
  EXPECT_EQ(count_of(html, "<carried>"), 1u);
  for (const char* never : {"<script", "http://", "https://",
                            "src=", "href=", "javascript:", " style=", "@import", "url("})
    EXPECT_EQ(html.find(never), std::string::npos) << never;
  EXPECT_NE(html.find(cat("content=\"default-src 'none'; style-src ", style_source())),
            std::string::npos);
}

TEST(Html, AllowsExactlyItsStyleSheet) {
  EXPECT_EQ(style_source(), cat("'sha256-", base64_encode(crypto::sha256(style_sheet())), "'"));
}

TEST(Html, NamesLanguagesTableHeadingsAndPutsTheListBeforeThePicture) {
  Document document = document_of("text");
  document.language = "te";
  document.sections[0].blocks.push_back(Lines{{"detail", Weight::kQuiet, "en", {}}});
  const std::string html = to_html(document, "").value();
  EXPECT_NE(html.find("<html lang=\"te\">"), std::string::npos);
  EXPECT_NE(html.find("<p class=\"quiet\" lang=\"en\">detail</p>"), std::string::npos);
  EXPECT_EQ(count_of(html, "<th scope=\"col\">"), 2u);
  EXPECT_EQ(count_of(html, "<th scope=\"row\">"), 3u);
  EXPECT_EQ(count_of(html, "<h1"), 1u);
  EXPECT_LT(html.find("<ol>"), html.find("<svg class=\"chain\""));
}

TEST(Html, RefusesALabelThatBreaksItsRules) {
  Document document = document_of("text");
  document.sections[0].blocks = {Codes{{{{"host with spaces", "X", "Y"}, ""}}}};
  EXPECT_FALSE(to_html(document, ""));
  EXPECT_FALSE(to_pdf(document));
}

std::size_t pages_of(const std::string& pdf) {
  QPDF document;
  document.processMemoryFile("test", pdf.data(), pdf.size());
  return QPDFPageDocumentHelper(document).getAllPages().size();
}

TEST(Pdf, IsTheSameTwice) {
  EXPECT_EQ(to_pdf(document_of("text")).value(), to_pdf(document_of("text")).value());
}

TEST(Pdf, BreaksLongTablesAndTextsOverPages) {
  EXPECT_EQ(pages_of(to_pdf(document_of("text")).value()), 1u);
  EXPECT_GE(pages_of(to_pdf(document_of("text", 200)).value()), 4u);
  std::string words;
  for (int i = 0; i < 3000; ++i) words += "word ";
  EXPECT_GE(pages_of(to_pdf(document_of(words, 0)).value()), 5u);
}

TEST(Pdf, KeepsTitleAndDate) {
  const std::string bytes = to_pdf(document_of("Steenpaspoort")).value();
  QPDF document;
  document.processMemoryFile("test", bytes.data(), bytes.size());
  QPDFObjectHandle info = document.getTrailer().getKey("/Info");
  EXPECT_EQ(info.getKey("/Title").getUTF8Value(), "Steenpaspoort");
  // Cairo 1.16 leaves out the "D:" that ISO 32000-1 §7.9.4 puts before it; readers take both.
  const std::string date = info.getKey("/CreationDate").getStringValue();
  EXPECT_EQ(date.substr(date.starts_with("D:") ? 2 : 0, 8), "20250602");
}

TEST(Pdf, ShapesTextsOfFiveLanguages) {
  for (const char* text :
       {"Records support this", "Gegevens ondersteunen dit – ĳ", "记录一致，链条缺口",
        "रिकॉर्ड मेल खाते हैं, कड़ी टूटी है", "రికార్డులు సరిపోతున్నాయి, క్షేత్రం"})
    EXPECT_TRUE(to_pdf(document_of(text))) << text;
}

TEST(Pdf, RefusesACharacterThatNoFontHasAndNamesThePackage) {
  const auto made = to_pdf(document_of("a name with \xEE\x80\x80 in it"));
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Errc::kFailedPrecondition);
  EXPECT_NE(made.error().message.find("U+E000"), std::string::npos) << made.error().message;
  EXPECT_NE(made.error().message.find("fonts-noto-core"), std::string::npos);
}

}  // namespace
}  // namespace quarrymark::paper
