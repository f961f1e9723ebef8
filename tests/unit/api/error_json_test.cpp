#include "api/error_json.h"

#include "ledger/json/writer.h"

#include <gtest/gtest.h>

namespace quarrymark::api {
namespace {

TEST(ErrorJson, HasCodeMessageAndField) {
  EXPECT_EQ(
      json::write(error_json(Error{Errc::kNotFound, "no such item", "line 2: inputs[0]"})),
      R"({"error":{"code":"not_found","message":"no such item","field":"line 2: inputs[0]"}})");
}

TEST(ErrorJson, HasANullFieldWhenThereIsNoPlace) {
  EXPECT_EQ(json::write(error_json(Error{Errc::kIo, "disk", {}})),
            R"({"error":{"code":"io","message":"disk","field":null}})");
}

TEST(ErrorLine, IsOneLineWhateverIsQuotedInIt) {
  EXPECT_EQ(error_line(Error{Errc::kMalformed, "got a\nb\x1b[31m", "x"}), "x: got a b [31m");
}

TEST(InFile, PutsTheFileBeforeThePlace) {
  EXPECT_EQ(in_file("K1.json", Error{Errc::kMalformed, "m", "criteria"}).field,
            "K1.json: criteria");
  EXPECT_EQ(in_file("K1.json", Error{Errc::kMalformed, "m", {}}).field, "K1.json");
}

}  // namespace
}  // namespace quarrymark::api
