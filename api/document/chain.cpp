// The chain: an ordered list of who stated what and when, and the same as a picture.
#include "api/document/parts.h"

#include <algorithm>

namespace quarrymark::document {
namespace {

std::string word(const Source& source, const std::string& group, const std::string& name) {
  const std::string key = group + "." + name;
  return source.words.has(key) ? std::string(source.words.view(key)) : name;
}

paper::Lines step_lines(const Source& source, const custody::StepLine& step) {
  const auto& words = source.words;
  std::string how = words.text(
      "phrase.two", {{"first", source.labelled(words.text("document.independence"),
                                               word(source, "independence", step.independence))},
                     {"second", source.labelled(words.text("document.known_by"),
                                                word(source, "known_by", step.date_known_by))}});
  if (step.device_signed)
    how = words.text("phrase.two",
                     {{"first", std::move(how)}, {"second", words.text("phrase.device_signed")}});
  return {strong(words.text("phrase.step", {{"event", word(source, "event", step.type)},
                                            {"date", words.date(step.at)}})),
          plain(source.parties.with_role(step)), quiet(std::move(how))};
}

paper::Chain picture(const Source& source) {
  paper::Chain chain;
  chain.caption = source.words.text("document.chain_picture");
  for (const custody::StepLine& step : source.report.steps) {
    const std::string name = source.parties.text(step.by);
    auto lane = std::find(chain.lanes.begin(), chain.lanes.end(), name);
    if (lane == chain.lanes.end()) lane = chain.lanes.insert(lane, name);
    chain.steps.push_back({static_cast<std::size_t>(lane - chain.lanes.begin()), step.after,
                           step.type == "dispatch" || step.type == "receive"});
  }
  return chain;
}

}  // namespace

std::vector<paper::Block> chain_blocks(const Source& source) {
  paper::List list;
  for (const custody::StepLine& step : source.report.steps)
    list.entries.push_back(step_lines(source, step));
  return {std::move(list), picture(source)};
}

}  // namespace quarrymark::document
