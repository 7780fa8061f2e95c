#include "sim/input/event_descriptor.hpp"

#include <catch2/catch.hpp>

#include "sim/base/text.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

namespace {

const std::string events = CHOKEPOINT_SOURCE_DIR "/data/events";

/// A descriptor that is in order, line by line, so that positions can be read off here.
const std::vector<std::string> rule{
    "id = \"RULE_2023\"",                                   // 1
    "title = \"A rule\"",                                   // 2
    "measure = \"chip_rule\"",                              // 3
    "announced = 2023-10-17T10:00:00-04:00",                // 4
    "hour = \"exact\"",                                     // 5
    "instrument = \"export_control\"",                      // 6
    "actor = \"regulator:us-commerce\"",                    // 7
    "direction = \"restrict\"",                             // 8
    "segments = [\"CN/ai_chips\"]",                         // 9
    "force = \"licence_required\"",                         // 10
    "level = \"three_quarters\"",                           // 11
    "duration = \"1_to_3_years\"",                          // 12
    "prior = \"none\"",                                     // 13
    "attention = \"business_front_page\"",                  // 14
    "sources = [\"https://example.org/2023/10/17/rule\"]",  // 15
};

std::string rule_with(const std::map<std::size_t, std::string>& replaced, const std::string& more = "") {
  std::vector<std::string> lines = rule;
  for (const auto& [number, text] : replaced) lines.at(number - 1) = text;
  return join(lines, "\n") + "\n" + more;
}

std::string all(const std::vector<std::string>& messages) {
  std::string text;
  for (const auto& message : messages) text += message + "\n";
  return text;
}

struct DescriptorText {
  std::vector<Coding> codings;
  std::string complaints;
  std::size_t count = 0;
};

DescriptorText read(const std::string& path) {
  Problems problems;
  DescriptorText reading{read_codings(path, problems), {}, 0};
  reading.complaints = all(problems.errors());
  reading.count = problems.errors().size();
  return reading;
}

/// Reads `text` as RULE_2023.toml.
DescriptorText read_text(const std::string& text) {
  const TemporaryFolder folder;
  folder.write("RULE_2023.toml", text);
  return read(folder.at("RULE_2023.toml"));
}

DescriptorText changed(const std::map<std::size_t, std::string>& replaced, const std::string& more = "") {
  return read_text(rule_with(replaced, more));
}

Descriptor good(const std::string& text) {
  DescriptorText reading = read_text(text);
  INFO(reading.complaints);
  REQUIRE(reading.count == 0);
  REQUIRE(reading.codings.size() == 1);
  REQUIRE(reading.codings[0].size() == 1);
  return reading.codings[0][0];
}

std::vector<std::string> ids(const Coding& coding) {
  std::vector<std::string> result;
  for (const Descriptor& one : coding) result.push_back(one.id);
  return result;
}

using Ids = std::vector<std::string>;

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

TEST_CASE("event descriptors: words become the measure and its bite", "[unit][descriptor]") {
  const Descriptor one = good(rule_with({}));
  CHECK(one.id == "RULE_2023");
  CHECK(one.type == "export_control");
  CHECK(one.announced == to_instant(make_date(2023, 10, 17), 14 * 3600, 0));
  CHECK(one.priced_from() == one.announced);
  REQUIRE(one.event);
  const Announcement& said = one.event->said;
  CHECK(said.chain() == "chip_rule");
  CHECK(said.announced == one.announced);
  CHECK(said.attention == AttentionClass::business_front_page);
  CHECK(said.prior == Prior::none);
  CHECK(said.bite.force == Force::licence_required);
  CHECK(said.bite.level == 0.75);
  CHECK(said.bite.duration_days == 2.0 * 365.25);
  CHECK_FALSE(said.feared);
  CHECK_FALSE(said.before);
  const auto* measure = std::get_if<Measure>(&one.event->instrument);
  REQUIRE(measure != nullptr);
  CHECK(measure->direction.value == "restrict");
  CHECK(measure->segments == Ids{"CN/ai_chips"});
}

TEST_CASE("event descriptors: every word of level and duration has its number", "[unit][descriptor]") {
  const auto bite = [](const std::string& level, const std::string& duration) {
    return good(rule_with({{11, "level = \"" + level + "\""}, {12, "duration = \"" + duration + "\""}}))
        .event->said.bite;
  };
  CHECK(bite("quarter", "open_ended").level == 0.25);
  CHECK(bite("half", "open_ended").level == 0.5);
  CHECK(bite("whole", "open_ended").level == 1.0);
  CHECK_FALSE(bite("whole", "open_ended").duration_days);
  CHECK(bite("whole", "under_1_year").duration_days == 0.5 * 365.25);
  CHECK(bite("whole", "over_3_years").duration_days == 5.0 * 365.25);
}

TEST_CASE("event descriptors: what was feared and what was in force are bites too", "[unit][descriptor]") {
  const Descriptor one = good(rule_with(
      {{13, "prior = \"expected\""}},
      "feared = { force = \"binding\", level = \"half\", duration = \"under_1_year\" }\n"
      "before = { force = \"list_without_legal_force\", level = \"quarter\", duration = \"open_ended\" }\n"));
  const Announcement& said = one.event->said;
  CHECK(said.prior == Prior::expected);
  REQUIRE(said.feared);
  CHECK(said.feared->force == Force::binding);
  CHECK(said.feared->level == 0.5);
  CHECK(said.feared->duration_days == 0.5 * 365.25);
  REQUIRE(said.before);
  CHECK(said.before->force == Force::list_without_legal_force);
  CHECK(said.before->level == 0.25);
  const std::string feared =
      "feared = { force = \"binding\", level = \"half\", duration = \"open_ended\" }\n";
  CHECK_THAT(changed({}, feared).complaints, Catch::Contains("E041") && Catch::Contains("'feared' needs"));
  const std::string bare = "before = { force = \"binding\", level = \"half\" }\n";
  CHECK_THAT(changed({}, bare).complaints,
             Catch::Contains("E030") && Catch::Contains("'duration' is missing"));
  const std::string more =
      "before = { force = \"binding\", level = \"half\", duration = \"open_ended\", share = 1 }\n";
  CHECK_THAT(changed({}, more).complaints, Catch::Contains("E012") && Catch::Contains("'share'"));
}

TEST_CASE("event descriptors: a fact that made it noticed later decides when it is priced",
          "[unit][descriptor]") {
  const Descriptor later = good(rule_with({}, "salience = 2023-10-20T08:00:00+08:00\n"));
  const Instant noticed = to_instant(make_date(2023, 10, 20), 0, 0);
  REQUIRE(later.salience);
  CHECK(*later.salience == noticed);
  CHECK(later.announced == to_instant(make_date(2023, 10, 17), 14 * 3600, 0));
  CHECK(later.priced_from() == noticed);
  CHECK(later.event->said.announced == noticed);
  const Descriptor earlier = good(rule_with({}, "salience = 2023-10-16T08:00:00+08:00\n"));
  CHECK(earlier.priced_from() == earlier.announced);
}

TEST_CASE("event descriptors: a number is a complaint wherever it stands", "[unit][descriptor]") {
  const DescriptorText level = changed({{11, "level = 0.75"}});
  CHECK(level.count == 1);
  CHECK(level.codings.empty());
  CHECK_THAT(level.complaints, Catch::Contains("E033") && Catch::Contains("'level' must be text") &&
                                   Catch::Contains("RULE_2023.toml:11:"));
  CHECK_THAT(changed({{15, "sources = [2023]"}}).complaints, Catch::Contains("E033"));
  CHECK_THAT(changed({{9, "segments = [0.2]"}}).complaints, Catch::Contains("E033"));
  CHECK_THAT(changed({}, "exposure = 0.2\n").complaints, Catch::Contains("E012"));
}

TEST_CASE("event descriptors: an unknown word is told the nearest one", "[unit][descriptor]") {
  const auto told = [](std::size_t line, const std::string& text, const std::string& near) {
    const DescriptorText reading = changed({{line, text}});
    CAPTURE(text);
    CHECK(reading.count == 1);
    CHECK(reading.codings.empty());
    CHECK_THAT(reading.complaints, Catch::Contains("E034") && Catch::Contains("is none of") &&
                                       Catch::Contains("'" + near + "'?"));
  };
  told(6, "instrument = \"export_controls\"", "export_control");
  told(8, "direction = \"restricts\"", "restrict");
  told(10, "force = \"licence_requird\"", "licence_required");
  told(11, "level = \"three_quarter\"", "three_quarters");
  told(13, "prior = \"rumored\"", "rumoured");
  told(14, "attention = \"trade_pres\"", "trade_press");
}

TEST_CASE("event descriptors: a key that names an outcome has a complaint of its own", "[unit][descriptor]") {
  const DescriptorText outcome = changed({}, "return = \"-5 %\"\n");
  CHECK(outcome.count == 1);
  CHECK_THAT(outcome.complaints, Catch::Contains("E042") &&
                                     Catch::Contains("'return' would set an outcome") &&
                                     Catch::Contains("RULE_2023.toml:16:1"));
  const DescriptorText unknown = changed({}, "segment = [\"CN/hbm\"]\n");
  CHECK(unknown.count == 1);
  CHECK_THAT(unknown.complaints, Catch::Contains("E012") && Catch::Contains("'segments'"));
}

TEST_CASE("event descriptors: a measure that was reported before says what was feared",
          "[unit][descriptor]") {
  for (const std::string prior : {"rumoured", "expected"}) {
    CAPTURE(prior);
    for (const char* direction : {"restrict", "support"}) {
      const DescriptorText bare =
          changed({{8, std::string("direction = \"") + direction + "\""}, {13, "prior = \"" + prior + "\""}});
      CHECK(bare.count == 1);
      CHECK(bare.codings.empty());
      CHECK_THAT(bare.complaints, Catch::Contains("E041") &&
                                      Catch::Contains("prior '" + prior + "' needs 'feared'") &&
                                      Catch::Contains("RULE_2023.toml:13:"));
    }
    // Releases and supplies of shares are said by other words.
    const std::string claim =
        "claim = { weights = \"open\", against_best_open = \"below\", first_claim = \"no\", "
        "gap_to_closed = \"under_half\" }\n";
    const std::map<std::size_t, std::string> no_bite{
        {10, ""}, {11, ""}, {12, ""}, {13, "prior = \"" + prior + "\""}};
    auto release = no_bite;
    release.insert({{6, "instrument = \"open_release\""},
                    {7, "actor = \"firm:deepseek\""},
                    {8, "direction = \"release\""},
                    {9, ""}});
    CHECK(good(rule_with(release, claim)).event->said.prior != Prior::none);
    auto supply = no_bite;
    supply.insert({{6, "instrument = \"share_supply\""},
                   {8, "direction = \"supply\""},
                   {9, "named = [\"sensetime\"]"}});
    CHECK_FALSE(good(rule_with(supply)).event);
  }
}

TEST_CASE("event descriptors: the words that say whom a measure reaches are of closed lists",
          "[unit][descriptor]") {
  const auto told = [](const std::string& text, const std::string& what, const std::string& near) {
    const DescriptorText reading = changed({{9, text}});
    CAPTURE(text);
    CHECK(reading.count == 1);
    CHECK(reading.codings.empty());
    CHECK_THAT(reading.complaints, Catch::Contains("E041") && Catch::Contains("RULE_2023") &&
                                       Catch::Contains(what) && Catch::Contains("'" + near + "'"));
  };
  told("segments = [\"CN/ai_chip\"]", "unknown segment 'CN/ai_chip'", "CN/ai_chips");
  told("regimes = [\"us_listings\"]", "unknown regime 'us_listings'", "us_listing");
  told("plans = [\"ai_capx\"]", "unknown plan 'ai_capx'", "ai_capex");
  told("named_class = [\"cn_platform\"]", "unknown class of firms 'cn_platform'", "cn_platforms");
  const DescriptorText nobody = changed({{9, ""}});
  CHECK(nobody.count == 1);
  CHECK_THAT(nobody.complaints, Catch::Contains("E041") && Catch::Contains("it reaches nobody"));
  const DescriptorText threat =
      changed({{6, "instrument = \"open_release\""},
               {7, "actor = \"firm:deepseek\""},
               {8, "direction = \"release\""},
               {9, ""}},
              "claim = { weights = \"open\", against_best_open = \"below\", first_claim = \"no\", "
              "gap_to_closed = \"under_half\", threatens = [\"serch\"] }\n");
  CHECK(threat.count == 1);
  CHECK_THAT(threat.complaints, Catch::Contains("E041") && Catch::Contains("unknown application 'serch'"));
}

TEST_CASE("event descriptors: without a direction nothing more is read", "[unit][descriptor]") {
  // Neither the unknown segment nor the unknown key is complained of: what they should be is not known.
  for (const char* direction : {"direction = \"restricts\"", ""}) {
    const DescriptorText reading =
        changed({{8, direction}, {9, "segments = [\"CN/ai_chip\"]"}, {10, ""}}, "claim = { }\n");
    CAPTURE(direction, reading.complaints);
    CHECK(reading.count == 1);
    CHECK_THAT(reading.complaints, Catch::Contains("direction"));
  }
}

TEST_CASE("event descriptors: a source dated long after knows what came of it", "[unit][descriptor]") {
  const auto from = [](const std::string& date) {
    return changed({{15, "sources = [\"https://example.org/" + date + "/x\"]"}}).complaints;
  };
  CHECK(from("2023/12/16").empty());  // sixty days
  CHECK_THAT(from("2023/12/17"), Catch::Contains("E062") && Catch::Contains("2023-12-17"));
  CHECK_THAT(from("2023-12-17"), Catch::Contains("E062"));
  CHECK(from("2023/12").empty());
  // Days count from when it was priced.
  const DescriptorText later = changed({{15, "sources = [\"https://example.org/2023/12/17\"]"}},
                                       "salience = 2023-10-20T08:00:00+08:00\n");
  CHECK(later.complaints.empty());
  CHECK_THAT(changed({{15, "sources = []"}}).complaints, Catch::Contains("E062"));
}

TEST_CASE("event descriptors: a key that is missing is asked for", "[unit][descriptor]") {
  const std::vector<std::pair<std::size_t, std::string>> needed{
      {1, "id"},         {2, "title"},     {3, "measure"}, {4, "announced"}, {6, "instrument"},
      {7, "actor"},      {8, "direction"}, {10, "force"},  {11, "level"},    {12, "duration"},
      {14, "attention"}, {13, "prior"},    {15, "sources"}};
  for (const auto& [line, key] : needed) {
    CAPTURE(key);
    const DescriptorText reading = changed({{line, ""}});
    CHECK(reading.count == 1);
    CHECK_THAT(reading.complaints, Catch::Contains("E030") && Catch::Contains("'" + key + "' is missing"));
    CHECK(reading.codings.empty());
  }
}

TEST_CASE("event descriptors: the id is the name of the file and of one file only", "[unit][descriptor]") {
  const TemporaryFolder folder;
  folder.write("OTHER.toml", rule_with({}));
  const DescriptorText alone = read(folder.at("OTHER.toml"));
  CHECK(alone.count == 1);
  CHECK_THAT(alone.complaints,
             Catch::Contains("E035") && Catch::Contains("id 'RULE_2023' is not the name of the file"));
  folder.write("RULE_2023.toml", rule_with({}));
  const DescriptorText both = read(folder.at(""));
  CHECK_THAT(both.complaints, Catch::Contains("E014") && Catch::Contains("id 'RULE_2023' is that of"));
}

TEST_CASE("event descriptors: a file, a folder, and a folder of codings", "[unit][descriptor]") {
  const TemporaryFolder folder;
  const std::string later =
      rule_with({{1, "id = \"A_LATER\""}, {4, "announced = 2023-10-18T10:00:00-04:00"}});
  const std::string same_time = rule_with({{1, "id = \"A_SAME\""}});
  folder.write("first/RULE_2023.toml", rule_with({}));
  folder.write("first/A_LATER.toml", later);
  folder.write("first/A_SAME.toml", same_time);
  folder.write("first/README.md", "no descriptor");
  folder.write("second/RULE_2023.toml", rule_with({{11, "level = \"half\""}}));
  const DescriptorText one = read(folder.at("first/A_LATER.toml"));
  REQUIRE(one.codings.size() == 1);
  CHECK(ids(one.codings[0]) == Ids{"A_LATER"});
  const DescriptorText plain = read(folder.at("first"));
  REQUIRE(plain.codings.size() == 1);
  CHECK(ids(plain.codings[0]) == Ids{"A_SAME", "RULE_2023", "A_LATER"});  // by time, then by id
  const DescriptorText two = read(folder.at(""));
  CHECK(two.complaints.empty());
  REQUIRE(two.codings.size() == 2);
  CHECK(two.codings[0].size() == 3);
  REQUIRE(ids(two.codings[1]) == Ids{"RULE_2023"});  // the same id in another coding is in order
  CHECK(two.codings[1][0].event->said.bite.level == 0.5);
  CHECK_THAT(two.codings[1][0].path, Catch::EndsWith("second/RULE_2023.toml"));
  folder.write("notes/README.md", "no descriptor");
  CHECK(read(folder.at("")).complaints.empty());
  CHECK(read(folder.at("")).codings.size() == 2);
}

TEST_CASE("event descriptors: a folder and a folder below it do not both hold descriptors",
          "[unit][descriptor]") {
  const TemporaryFolder folder;
  folder.write("RULE_2023.toml", rule_with({}));
  folder.write("notes/README.md", "no descriptor");
  CHECK(read(folder.at("")).complaints.empty());
  CHECK(read(folder.at("")).codings.size() == 1);
  folder.write("second/RULE_2023.toml", rule_with({}));
  const DescriptorText both = read(folder.at(""));
  CHECK(both.count == 1);
  CHECK_THAT(both.complaints,
             Catch::Contains("E010") && Catch::Contains("second") && Catch::Contains("keep one level"));
}

TEST_CASE("event descriptors: a folder without any, a missing file and bad TOML are complaints",
          "[unit][descriptor]") {
  const TemporaryFolder folder;
  CHECK_THAT(read(folder.at("")).complaints, Catch::Contains("E010") && Catch::Contains("no descriptors"));
  CHECK_THAT(read(folder.at("X.toml")).complaints, Catch::Contains("no such file"));
  CHECK_THAT(read_text("id = ").complaints, Catch::Contains("E010") && Catch::Contains("not valid TOML"));
}

TEST_CASE("event descriptors: a release holds a claim, a supply of shares acts on no belief",
          "[unit][descriptor]") {
  const std::string release =
      rule_with({{6, "instrument = \"open_release\""},
                 {7, "actor = \"firm:deepseek\""},
                 {8, "direction = \"release\""},
                 {9, ""}},
                "claim = { weights = \"open\", against_best_open = \"below\", first_claim = \"no\", "
                "gap_to_closed = \"half_or_more\", own_chip = \"yes\", threatens = [\"search\"] }\n");
  const Descriptor one = good(release);
  const auto* claim = std::get_if<ClaimedRelease>(&one.event->instrument);
  REQUIRE(claim != nullptr);
  CHECK(claim->weights.value == "open");
  CHECK(claim->gap_to_closed.value == "half_or_more");
  CHECK(claim->price_vs_equal.value == "above_tenth");  // nothing claimed
  CHECK(claim->own_chip.value == "yes");
  CHECK(claim->threatens == Ids{"search"});
  CHECK_THAT(changed({{8, "direction = \"release\""}, {9, ""}}).complaints,
             Catch::Contains("E030") && Catch::Contains("'claim' is missing"));
  const Descriptor supply = good(rule_with(
      {{6, "instrument = \"share_supply\""}, {8, "direction = \"supply\""}, {9, "named = [\"sensetime\"]"}}));
  CHECK_FALSE(supply.event);
  CHECK(supply.named == Ids{"sensetime"});
}
