#include "api/document/make_document.h"

#include "api/document/parts.h"
#include "api/document/signs.h"
#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "scanner/carrier/carrier.h"

namespace quarrymark::document {
namespace {

// Of one line; names and words come from anybody. A row of cells has to fit a page.
constexpr std::size_t kMaxTextBytes = 1500, kMaxCellBytes = 240;

paper::Banner banner(const Source& source) {
  const auto& words = source.words;
  const std::string presenter = source.presentation.presenter.empty()
                                    ? words.text("party.nobody")
                                    : source.presentation.presenter;
  paper::Banner out;
  out.sign = sign_of(source.report.verdict);
  out.heading = source.sentences.heading();
  out.sentence = source.sentences.verdict();
  out.stated_by = words.text("document.stated_by", {{"presenter", presenter}});
  if (const custody::Finding* why = source.sentences.reason()) {
    const std::string key = cat("finding.", why->code);
    out.below.push_back(plain(source.labelled(words.text("document.reason"),
                                              words.has(key) ? words.text(key) : why->code)));
    out.below.push_back(in_english(source, why->sentence));
  }
  out.below.push_back(
      plain(source.labelled(words.text("document.next"), source.sentences.next_step())));
  return out;
}

paper::Lines notice(const Source& source) {
  const auto& words = source.words;
  const std::string command =
      source.report.contract.empty()
          ? "quarrymark passport verify FILE --trust TRUST.json"
          : "quarrymark contract check FILE --contract CONTRACT.json --trust TRUST.json";
  return {strong(words.text("document.not_a_check")), plain(words.text("document.how_to_check")),
          quiet(words.text("document.with_command", {{"command", command}}))};
}

std::string chain_length(const Source& source) {
  std::string text = source.words.counted("phrase.hand_overs", source.report.hand_overs);
  return source.report.at_least ? source.words.text("phrase.at_least", {{"what", text}}) : text;
}

paper::Facts summary(const Source& source, std::string_view passport) {
  const auto& words = source.words;
  const custody::Report& report = source.report;
  paper::Facts facts;
  const auto add = [&](std::string_view label, std::string text) {
    facts.entries.emplace_back(words.text(cat("document.", label)),
                               paper::Lines{plain(std::move(text))});
  };
  add("contract", report.contract.empty() ? words.text("document.no_contract") : report.contract);
  add("date", words.date(report.date));
  add("delivered", words.amount(report.amount, report.unit));
  if (report.verdict) add("covered", source.sentences.covered());
  if (report.scanned > 0 || !report.contract.empty())
    add("scanned",
        words.text("phrase.scanned",
                   {{"n", words.number(report.scanned)},
                    {"total", words.number(static_cast<std::int64_t>(report.units.size()))}}));
  add("chain_length", chain_length(source));
  const std::string model = cat("model.", report.custody_model);
  if (words.has(model)) add("custody_model", words.text(model));
  if (report.withheld_parties > 0)
    add("withheld", words.counted("phrase.withheld", report.withheld_parties));
  facts.entries.emplace_back(
      words.text("document.digest"),
      paper::Lines{quiet(hex_encode(crypto::sha256(passport))),
                   quiet(words.text(
                       "document.attached",
                       {{"file", std::string(carrier::kAttachmentName)},
                        {"bytes", words.number(static_cast<std::int64_t>(passport.size()))}}))});
  return facts;
}

paper::Lines dates(const Source& source) {
  std::int64_t witness = 0, counterparty = 0, alone = 0;
  for (const custody::StepLine& step : source.report.steps)
    ++(step.date_known_by == "witness"        ? witness
       : step.date_known_by == "counterparty" ? counterparty
                                              : alone);
  paper::Lines lines;
  for (const auto& [key, count] :
       {std::pair{"dates.witness", witness}, std::pair{"dates.counterparty", counterparty},
        std::pair{"dates.alone", alone}})
    if (count > 0) lines.push_back(plain(source.words.counted(key, count)));
  if (!source.presentation.asks_witnesses)
    lines.push_back(plain(source.words.text("dates.no_witnesses")));
  return lines;
}

void add_section(const Source& source, paper::Document& document, std::string_view heading,
                 std::vector<paper::Block> blocks) {
  document.sections.push_back({source.words.text(cat("document.", heading)), std::move(blocks)});
}

void add_sections(const Source& source, std::string_view passport, paper::Document& document) {
  const custody::Report& report = source.report;
  add_section(source, document, "summary", {summary(source, passport)});
  if (!report.criteria.empty() || !report.quantity.empty())
    add_section(source, document, "asked", {criteria_table(source)});
  if (paper::List list = reasons(source); !list.entries.empty())
    add_section(source, document, "reasons", {std::move(list)});
  add_section(source, document, "limits", {paper::Lines{plain(source.words.text("limits.text"))}});
  if (!report.units.empty()) add_section(source, document, "items", {items_table(source)});
  if (paper::List list = remarks(source); !list.entries.empty())
    add_section(source, document, "remarks", {std::move(list)});
  if (!report.steps.empty()) add_section(source, document, "steps", chain_blocks(source));
  if (paper::Lines lines = dates(source); !lines.empty())
    add_section(source, document, "dates", {std::move(lines)});
  paper::Lines slack;
  for (const std::string& text : report.slack) slack.push_back(in_english(source, text));
  if (!slack.empty()) add_section(source, document, "slack", {std::move(slack)});
  if (paper::Codes all = codes(source); !all.codes.empty())
    add_section(source, document, "label",
                {paper::Lines{plain(source.words.text("document.label_note"))}, std::move(all)});
}

void tidy(std::string& text) { text = visible_text(text, kMaxTextBytes); }
void tidy(paper::Lines& lines, std::size_t limit = kMaxTextBytes) {
  for (paper::Line& line : lines) line.text = visible_text(line.text, limit);
}

// Makes control characters visible and ends what never ends, wherever a text came from.
struct Tidy {
  void operator()(paper::Lines& lines) const { tidy(lines); }
  void operator()(paper::List& list) const {
    for (paper::Lines& entry : list.entries) tidy(entry);
  }
  void operator()(paper::Facts& facts) const {
    for (auto& [label, lines] : facts.entries) tidy(lines, kMaxCellBytes);
  }
  void operator()(paper::Table& table) const {
    for (auto& row : table.rows)
      for (paper::Lines& cell : row) tidy(cell, kMaxCellBytes);
  }
  void operator()(paper::Chain& chain) const {
    for (std::string& lane : chain.lanes) tidy(lane);
  }
  void operator()(paper::Codes& codes) const {
    for (paper::Code& code : codes.codes) tidy(code.title);
  }
};

void tidy(paper::Document& document) {
  for (std::string* text : {&document.title, &document.author, &document.banner.heading,
                            &document.banner.sentence, &document.banner.stated_by})
    tidy(*text);
  tidy(document.banner.below);
  tidy(document.notice);
  for (paper::Section& section : document.sections)
    for (paper::Block& block : section.blocks) std::visit(Tidy{}, block);
}

}  // namespace

paper::Document make_document(const custody::Report& report, const Presentation& presentation,
                              std::string_view passport) {
  const words::Words& words = words::Words::of(presentation.language);
  const Parties parties(report, words);
  const Sentences sentences(report, words, parties);
  const Source source{report, presentation, words, parties, sentences};

  paper::Document document;
  document.language = words.code();
  document.title = report.contract.empty()
                       ? words.text("document.title")
                       : source.labelled(words.text("document.title"), report.contract);
  document.author = presentation.presenter;
  document.date = report.date;
  document.page = words.text("phrase.page", {{"n", "{n}"}, {"total", "{total}"}});
  document.banner = banner(source);
  document.notice = notice(source);
  add_sections(source, passport, document);
  tidy(document);
  return document;
}

}  // namespace quarrymark::document
