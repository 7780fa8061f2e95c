#include "sim/input/event_descriptor.hpp"

#include <catch2/catch.hpp>

using namespace chokepoint;

namespace {

const std::string events = CHOKEPOINT_SOURCE_DIR "/data/events";

std::string all(const std::vector<std::string>& messages) {
  std::string text;
  for (const auto& message : messages) text += message + "\n";
  return text;
}

}  // namespace

TEST_CASE("event descriptors: every descriptor of both codings keeps to the coding book",
          "[unit][descriptor]") {
  Problems problems;
  const std::vector<Coding> codings = read_codings(events, problems);
  INFO(all(problems.errors()));
  CHECK_FALSE(problems.any());
  REQUIRE(codings.size() == 2);
  CHECK(codings[0].size() > 80);
  CHECK(codings[1].size() > 80);
}
