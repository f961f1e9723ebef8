// Notes that others signed: published checkpoints and the specifications' own examples.
#include "ledger/note/checkpoint.h"
#include "ledger/note/cosignature.h"
#include "ledger/note/signed_note.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace quarrymark::note {
namespace {

namespace fs = std::filesystem;

const fs::path kVectors = QUARRYMARK_VECTORS_DIR;

std::string read_all(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(NoteVectors, PublishedNotesVerifyAndSayWhatIsExpected) {
  const fs::path file = kVectors / "signed-notes" / "cases.json";
  if (!fs::exists(file)) GTEST_SKIP() << "NO THIRD-PARTY VECTORS at " << file;
  const auto cases = nlohmann::json::parse(read_all(file))["cases"];
  EXPECT_GE(cases.size(), 4U);
  for (const auto& one : cases) {
    const auto id = one["id"].get<std::string>();
    const auto text = one["note"].get<std::string>();
    const auto note = parse_note(text);
    ASSERT_TRUE(note) << id << note.error().message;
    EXPECT_EQ(write_note(*note), text);
    EXPECT_EQ(read_all(kVectors / "signed-notes" / (id + ".note")), text);
    for (const auto& vkey : one["vkeys"]) {
      const auto key = parse_vkey(vkey.get<std::string>());
      ASSERT_TRUE(key) << id << key.error().message;
      EXPECT_EQ(bool(verify_note(*note, std::span(&*key, 1))), one["valid"].get<bool>()) << id;
    }
    if (one["kind"] != "checkpoint") continue;
    const auto checkpoint = parse_checkpoint(note->text);
    ASSERT_TRUE(checkpoint) << id;
    EXPECT_EQ(checkpoint->origin, one["expect"]["origin"].get<std::string>());
    EXPECT_EQ(checkpoint->size, one["expect"]["size"].get<std::uint64_t>());
    EXPECT_EQ(base64_encode(checkpoint->root), one["expect"]["root"].get<std::string>());
    EXPECT_EQ(write_checkpoint(*checkpoint), note->text);
  }
}

TEST(NoteVectors, TheCheckpointOfTheWitnessExchangeVerifies) {
  const fs::path file = kVectors / "witness" / "sumdb.txt";
  if (!fs::exists(file)) GTEST_SKIP() << "NO THIRD-PARTY VECTORS at " << file;
  const std::string script = read_all(file);
  const std::size_t key_at = script.find(" -key ") + 6;
  const auto key = parse_vkey(script.substr(key_at, script.find('\n', key_at) - key_at));
  ASSERT_TRUE(key);
  const std::size_t begin = script.find("old 0\n\n") + 7;
  const auto note = parse_note(script.substr(begin, script.find("```", begin) - begin));
  ASSERT_TRUE(note);
  EXPECT_TRUE(verify_note(*note, std::span(&*key, 1)));
  EXPECT_EQ(parse_checkpoint(note->text)->size, 35225469U);
}

// The indented example of signed-note.md, in which accents and an empty line are part of the text.
TEST(NoteVectors, TheSpecificationsFirstExampleIsANote) {
  const fs::path file = kVectors / "c2sp-specs" / "signed-note.md";
  if (!fs::exists(file)) GTEST_SKIP() << "NO THIRD-PARTY VECTORS at " << file;
  const std::string page = read_all(file);
  const std::size_t begin = page.find("```\n") + 4;
  const auto note = parse_note(page.substr(begin, page.find("```", begin) - begin));
  ASSERT_TRUE(note) << note.error().message;
  EXPECT_EQ(note->signatures.at(0).name, "quasimodo.example/salvatore");
  EXPECT_NE(note->text.find("raggio di sole:\n\ned"), std::string::npos);
}

TEST(NoteVectors, TheSpecificationsCosignedCheckpointHasOneLogAndOneWitnessLine) {
  const fs::path file = kVectors / "c2sp-specs" / "tlog-cosignature.md";
  if (!fs::exists(file)) GTEST_SKIP() << "NO THIRD-PARTY VECTORS at " << file;
  const std::string page = read_all(file);
  const std::size_t begin = page.find("```\n") + 4;
  const auto note = parse_note(page.substr(begin, page.find("```", begin) - begin));
  ASSERT_TRUE(note) << note.error().message;
  ASSERT_EQ(note->signatures.size(), 2U);
  EXPECT_EQ(note->signatures[0].bytes.size(), 64U);
  EXPECT_EQ(note->signatures[1].bytes.size(), 72U);
  EXPECT_EQ(parse_checkpoint(note->text)->size, 20852163U);
}

}  // namespace
}  // namespace quarrymark::note
