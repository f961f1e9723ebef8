// The sections of a document, one function each; used by make_document.cpp alone.
#pragma once

#include "api/document/make_document.h"
#include "api/document/parties.h"
#include "api/document/sentences.h"

#include <string>
#include <vector>

namespace quarrymark::document {

// What every part needs.
struct Source {
  const custody::Report& report;
  const Presentation& presentation;
  const quarrymark::words::Words& words;  // in full: the member has the name of its namespace
  const Parties& parties;
  const Sentences& sentences;

  // "label: text"
  std::string labelled(std::string label, std::string text) const {
    return words.text("phrase.labelled", {{"label", std::move(label)}, {"text", std::move(text)}});
  }
};

inline paper::Line plain(std::string text) { return {std::move(text), {}, {}, {}}; }
inline paper::Line strong(std::string text) {
  return {std::move(text), paper::Weight::kStrong, {}, {}};
}
inline paper::Line quiet(std::string text) {
  return {std::move(text), paper::Weight::kQuiet, {}, {}};
}
// What a report says in English only; marked when the document is in another language.
paper::Line in_english(const Source& source, std::string text);

paper::Table criteria_table(const Source& source);
paper::Table items_table(const Source& source);
paper::Codes codes(const Source& source);
std::vector<paper::Block> chain_blocks(const Source& source);
// Findings that led to a verdict, and those that did not.
paper::List reasons(const Source& source);
paper::List remarks(const Source& source);

}  // namespace quarrymark::document
