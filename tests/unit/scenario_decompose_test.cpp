// [decompose]: an arm's effect is split over parts that are all of its difference from the reference.
#include <catch2/catch.hpp>

#include "scenario_files.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

/// Arms none (without order and second) and all; [decompose] stands in line 34, its parts in line 36.
std::string splitting(const std::string& arm, const std::string& parts,
                      const std::string& excluded = "\"order\", \"second\"",
                      const std::string& all = "label = \"All\"") {
  return small_with({{23, "exclude = [" + excluded + "]"}, {26, all}},
                    further("placement_considered", "firm:zhipu", "attention = \"none\"\n") +
                        "[decompose]\narm = \"" + arm + "\"\nparts = { " + parts + " }\n");
}

const std::string two_parts = "ban = [\"order\"], news = [\"second\"]";

Messages faults(const std::string& arm, const std::string& parts) {
  return read_text(splitting(arm, parts)).errors;
}

}  // namespace

TEST_CASE("decompose: parts in the order of the file", "[unit][scenario][decompose]") {
  const ScenarioReading found = read_text(splitting("all", "news = [\"second\"], ban = [\"order\"]"));
  CHECK(found.errors == Messages{});
  REQUIRE(found.scenario.decomposition);
  CHECK(found.scenario.decomposition->arm == "all");
  REQUIRE(found.scenario.decomposition->parts.size() == 2);
  CHECK(found.scenario.decomposition->parts[0].id == "news");
  CHECK(found.scenario.decomposition->parts[1].items == Messages{"order"});
  const ScenarioReading again = read_text(resolved_toml(found.scenario));
  CHECK(again.errors == Messages{});
  REQUIRE(again.scenario.decomposition);
  CHECK(again.scenario.decomposition->parts[0].items == Messages{"second"});
  CHECK_FALSE(read_text(small_with({})).scenario.decomposition);
}

TEST_CASE("decompose: the arm and the parts must exist", "[unit][scenario][decompose]") {
  CHECK(faults("al", two_parts) ==
        Messages{
            said("E069", "[decompose] splits arm 'al' (which does not exist) did you mean 'all'?", "35:7")});
  CHECK(
      faults("none", two_parts) ==
      Messages{said(
          "E069", "[decompose] splits arm 'none' (which is the reference: it has no effect) name another arm",
          "35:7")});
  CHECK(faults("all", "ban = [\"ordr\"], news = [\"second\"]") ==
        Messages{
            said("E069", "part 'ban' names 'ordr' (no such event or rule) did you mean 'order'?", "36:18"),
            said("E069", "'order' is in no part (arm 'all' has it, 'none' has not) add it to one", "36:9")});
  CHECK(
      faults("all", "ban = [\"order\", \"second\"]") ==
      Messages{said("E069", "[decompose] has 1 parts (an effect is split over two to six) name another part",
                    "36:9")});
  CHECK(faults("all", "a = [\"order\"], b = [\"order\"], c = [\"second\"]") ==
        Messages{
            said("E069", "'order' is in two parts (its effect would be counted twice) keep one", "36:31")});
  CHECK(faults("all", two_parts + ", c = [], d = [], e = [], f = [], g = []").size() == 6);
}

TEST_CASE("decompose: parts are the whole difference", "[unit][scenario][decompose]") {
  CHECK(read_text(splitting("all", two_parts, "\"order\"")).errors ==
        Messages{said(
            "E069",
            "'second' is part of the reference 'none' too (the two arms do not differ in it) take it out of "
            "the parts",
            "36:36")});
  CHECK(read_text(splitting("all", two_parts, "\"order\", \"second\"", "exclude = [\"order\"]")).errors ==
        Messages{
            said("E069",
                 "'order' is not part of arm 'all' (a part is something that the arm has) take it out of the "
                 "parts",
                 "36:18")});
  const auto set = read_text(splitting("all", two_parts, "\"order\", \"second\"",
                                       "set = { \"attention.notice\" = 0.123 }"))
                       .errors;
  CHECK(set ==
        Messages{said("E069",
                      "arm 'all' and the reference 'none' differ in 'attention.notice' (a value cannot be a "
                      "part) split an arm with the reference's values",
                      "35:7")});
}

TEST_CASE("decompose: a replacement both arms have cannot be a part", "[unit][scenario][decompose]") {
  const std::string more =
      "[[event]]\nid = \"third\"\nannounced = 2026-06-16T18:00:00-04:00\nactor = \"firm:zhipu\"\n"
      "instrument = \"placement_considered\"\nsource = \"x\"\n";
  const auto found = read_text(splitting("all", two_parts, "\"order\", \"second\"",
                                         "replace = { third = { attention = \"trade_press\" } }") +
                               more)
                         .errors;
  CHECK(found ==
        Messages{said("E069",
                      "'third' is another in arm 'all' than in the reference 'none' (a replacement cannot be "
                      "a part) split an arm without it",
                      "35:7")});
}

TEST_CASE("decompose: what ends a member of a package is in the package's part",
          "[unit][scenario][decompose]") {
  const std::string events =
      "[[event]]\nid = \"several\"\nannounced = 2026-06-15T18:00:00-04:00\nactor = \"regulator:us-bis\"\n"
      "source = \"x\"\nmeasures = [\n"
      "  { instrument = \"model_access_order\", models = [\"mythos-5\"], deny = { persons_not_national_of = "
      "[\"US\"] } },\n  { instrument = \"counter_control\", withheld = 0.5 },\n]\n"
      "[[event]]\nid = \"lifted\"\nannounced = 2026-06-22T18:00:00-04:00\nactor = \"regulator:us-bis\"\n"
      "instrument = \"reversal\"\nmeasure = \"several.1\"\nsource = \"x\"\n";
  const auto faults_of = [&](const std::string& parts) {
    return read_text(small_with({{23, "exclude = [\"order\", \"several\", \"lifted\"]"},
                                 {26, "exclude = [\"order\"]"}},
                                events + "[decompose]\narm = \"all\"\nparts = { " + parts + " }\n"))
        .errors;
  };
  const Messages found = faults_of("a = [\"several\"], b = [\"lifted\"]");
  REQUIRE(found.size() == 1);
  CHECK_THAT(found[0], Catch::StartsWith("error[E069]: 'lifted' is in another part than 'several' (which it "
                                         "ends) put them in one part"));
}

TEST_CASE("decompose: amounts are compared with their currencies", "[unit][scenario][decompose]") {
  const auto faults_of = [](const std::string& reference, const std::string& arm, const std::string& set) {
    return read_text(small_with({{23, "exclude = [\"order\", \"second\"]\nset = { \"vendor.tail_loss\" = \"" +
                                          reference + "\" }"},
                                 {26, "set = { \"vendor.tail_loss\" = \"" + arm + "\" }"}},
                                further("placement_considered", "firm:zhipu", "attention = \"none\"\n") +
                                    "[decompose]\narm = \"all\"\nparts = { " + two_parts + " }\n" + set))
        .errors;
  };
  const Messages differ{
      said("E069",
           "arm 'all' and the reference 'none' differ in 'vendor.tail_loss' (a value cannot be a part) split "
           "an arm with the reference's values",
           "36:7")};
  CHECK(faults_of("1 bn USD", "1 bn HKD", "") == differ);
  CHECK(faults_of("1 bn HKD", "1 bn HKD", "") == Messages{});
  CHECK(faults_of("1 bn HKD", "1 bn USD", "[set]\n\"vendor.tail_loss\" = \"1 bn USD\"\n") == differ);
}

TEST_CASE("decompose: rules that both arms have are the same in both", "[unit][scenario][decompose]") {
  const auto faults_of = [](const std::string& reference, const std::string& arm) {
    const std::string measure =
        "{ instrument = \"visa_rule\", place = \"HK\", nationalities = [\"CN\"], admitted = 1.5 }";
    return read_text(small_with({{23, "exclude = [\"order\", \"second\"]\n" + reference}, {26, arm}},
                                further("placement_considered", "firm:zhipu", "attention = \"none\"\n") +
                                    "[[rule]]\nid = \"answer\"\nactor = \"regulator:hk-x\"\nwhen = \"date > "
                                    "2026-07-01\"\nmeasures = [" +
                                    measure + "]\n[decompose]\narm = \"all\"\nparts = { " + two_parts +
                                    " }\n"))
        .errors;
  };
  const std::string later = "replace = { answer = { when = \"date > 2026-08-01\" } }";
  const std::string other =
      "replace = { answer = { measures = [{ instrument = \"visa_rule\", place = \"HK\", nationalities = "
      "[\"CN\"], admitted = 2.0 }] } }";
  const Messages differ{
      said("E069",
           "'answer' is another in arm 'all' than in the reference 'none' (a replacement cannot be a part) "
           "split an arm without it",
           "41:7")};
  CHECK(faults_of("", "label = \"All\"") == Messages{});
  CHECK(faults_of(later, "label = \"All\"") == differ);
  CHECK(faults_of(other, "label = \"All\"") == differ);
  CHECK(faults_of(later, later) == Messages{});
}
