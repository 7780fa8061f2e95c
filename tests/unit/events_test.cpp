#include "sim/model/event.hpp"

#include <catch2/catch.hpp>

using namespace chokepoint;

namespace {

/// A US laboratory with two products, its customers' alternative, and firms that live on open models.
Facts small_world() {
  Facts facts;
  facts.firms.push_back({"us-lab", "US Lab", Region::us, "lab", true, false, 300.0});
  facts.firms.push_back({"zhipu", "Zhipu", Region::cn, "lab", true, true, 0.0});
  facts.firms.push_back({"cloud", "Cloud", Region::us, "cloud", true, true, 0.0});
  facts.models.push_back({"fable", "us-lab", make_date(2026, 6, 9), false, false});
  facts.models.push_back({"mythos", "us-lab", make_date(2026, 6, 9), false, false});
  facts.models.push_back({"glm-5", "zhipu", make_date(2026, 2, 11), true, false});
  facts.models.push_back({"glm-5.2", "zhipu", make_date(2026, 6, 16), true, true});
  facts.exposures = {{"us-lab", Channel::target, "fable", 0.3},
                     {"us-lab", Channel::target, "mythos", 0.2},
                     {"us-lab", Channel::restricted_sales, "foreign_persons", 0.4},
                     {"zhipu", Channel::vacated, "us-lab", 0.15},
                     {"cloud", Channel::deploy, "open_frontier_model", 0.6},
                     {"cloud", Channel::deploy, "open_frontier_model", 0.5},
                     {"us-lab", Channel::compete, "open_frontier_model", 0.7},
                     {"chips", Channel::buildout, "ai_compute", 0.8},
                     {"cloud", Channel::vacated, "somebody else", 0.9},
                     {"zhipu", Channel::own_product, "glm", 0.85}};
  return facts;
}

const Touch* touch_of(const std::vector<Touch>& touches, const std::string& entity, Channel channel) {
  for (const Touch& touch : touches) {
    if (touch.entity == entity && touch.channel == channel) return &touch;
  }
  return nullptr;
}

Announcement zhipu_said() {
  Announcement said;
  said.actor = "firm:zhipu";
  said.announced = to_instant(make_date(2026, 6, 13), 0, 0);
  return said;
}

OpenRelease release(const std::string& best_open, const std::string& gap, const std::string& price) {
  OpenRelease what;
  what.models = {"glm-5.2"};
  what.against_best_open.value = best_open;
  what.gap_to_closed.value = gap;
  what.price_vs_equal.value = price;
  return what;
}

std::size_t complaints(const auto& what, const Facts& facts, const Announcement& said) {
  Problems problems;
  EventProblems of_event(problems, {"s.toml", 7, 0}, "e");
  what.check(facts, said, of_event);
  return problems.errors().size();
}

/// The first complaint without position and event, or nothing.
std::string first_complaint(const auto& what, const Facts& facts, const Announcement& said) {
  Problems problems;
  EventProblems of_event(problems, {"s.toml", 7, 0}, "e");
  what.check(facts, said, of_event);
  if (problems.errors().empty()) return "";
  const std::string text = problems.errors()[0];
  const std::size_t start = text.find("event 'e': ") + 11;
  return text.substr(start, text.find('\n') - start);
}

/// The small world with Zhipu's line and a composite.
Facts with_lines() {
  Facts facts = small_world();
  Line line;
  line.id = "2513.HK";
  line.firm = 1;
  facts.lines.push_back(line);
  line.id = "HK_REST";
  line.firm = Line::npos;
  facts.lines.push_back(line);
  return facts;
}

}  // namespace

TEST_CASE("access order: touches the products' share, the barred sales and the vacated market",
          "[unit][events]") {
  const Facts facts = small_world();
  const ModelAccessOrder order{{"fable", "mythos"}};
  const auto touches = order.touches(facts, {});
  REQUIRE(touches.size() == 3);
  CHECK(touch_of(touches, "us-lab", Channel::target)->exposure == Approx(0.5));
  CHECK(touch_of(touches, "us-lab", Channel::restricted_sales)->exposure == Approx(0.5 * 0.4));
  CHECK(touch_of(touches, "zhipu", Channel::vacated)->exposure == 0.15);
  for (const Touch& touch : touches) CHECK(touch.level == 1.0);
  CHECK(order.targets(facts) == std::vector<std::string>{"us-lab"});
}

TEST_CASE("access order: one product touches less of its developer", "[unit][events]") {
  const auto touches = ModelAccessOrder{{"mythos"}}.touches(small_world(), {});
  CHECK(touch_of(touches, "us-lab", Channel::target)->exposure == Approx(0.2));
  CHECK(touch_of(touches, "us-lab", Channel::restricted_sales)->exposure == Approx(0.08));
}

TEST_CASE("access order: unknown models and none at all are complaints", "[unit][events]") {
  const Facts facts = small_world();
  CHECK(complaints(ModelAccessOrder{{"fable"}, {"US"}}, facts, {}) == 0);
  CHECK(complaints(ModelAccessOrder{{"fabel", "mythos"}, {"US", "IN"}}, facts, {}) == 1);
  CHECK(complaints(ModelAccessOrder{{}, {"US"}}, facts, {}) == 1);
  Problems problems;
  EventProblems of_event(problems, {"s.toml", 7, 0}, "order");
  ModelAccessOrder{{"fabel"}}.check(facts, {}, of_event);
  CHECK_THAT(problems.errors()[0], Catch::Contains("'fabel'") && Catch::Contains("did you mean 'fable'?") &&
                                       Catch::Contains("event 'order'") && Catch::Contains("s.toml:7"));
}

TEST_CASE("open release: a routine one is no news for others, a first claim is news for its maker",
          "[unit][events]") {
  const auto touches =
      release("equal_or_above", "under_half", "above_tenth").touches(small_world(), zhipu_said());
  REQUIRE(touches.size() == 1);
  CHECK(touches[0].entity == "zhipu");
  CHECK(touches[0].channel == Channel::own_product);
  CHECK(touches[0].exposure == 0.85);
  CHECK(touches[0].level == 1.0);
  CHECK(release("below", "under_half", "above_tenth").touches(small_world(), zhipu_said()).empty());
}

TEST_CASE("open release: half a level for the gap, half for the price", "[unit][events]") {
  const Facts facts = small_world();
  const auto half = release("below", "half_or_more", "above_tenth").touches(facts, zhipu_said());
  REQUIRE(half.size() == 3);
  CHECK(touch_of(half, "cloud", Channel::deploy)->level == 0.5);
  CHECK(touch_of(half, "cloud", Channel::deploy)->exposure == 1.0);  // rows add up, at most to one
  CHECK(touch_of(half, "us-lab", Channel::compete)->exposure == 0.7);
  CHECK(touch_of(half, "chips", Channel::buildout)->exposure == 0.8);
  CHECK(release("below", "under_half", "tenth_or_less").touches(facts, zhipu_said())[0].level == 0.5);
  CHECK(release("below", "half_or_more", "tenth_or_less").touches(facts, zhipu_said())[0].level == 1.0);
}

TEST_CASE("open release: the claim counts once: an earlier dated claim of the same maker takes it",
          "[unit][events]") {
  const OpenRelease again = release("equal_or_above", "under_half", "above_tenth");
  Facts facts = small_world();
  facts.models[2].claimed_best_open = true;  // glm-5 claimed it in February
  CHECK(again.touches(facts, zhipu_said()).empty());
  facts.models[2].released = make_date(2026, 9, 1);  // a claim still to come takes nothing
  CHECK(again.touches(facts, zhipu_said()).size() == 1);
  facts.models[2].released = make_date(2026, 2, 11);
  facts.models[2].developer = "somebody else";
  CHECK(again.touches(facts, zhipu_said()).size() == 1);
}

TEST_CASE("open release: its maker must be the actor", "[unit][events]") {
  const Facts facts = small_world();
  const OpenRelease what = release("below", "under_half", "above_tenth");
  CHECK(complaints(what, facts, zhipu_said()) == 0);
  Announcement other = zhipu_said();
  other.actor = "firm:cloud";
  CHECK(complaints(what, facts, other) == 1);
  other.actor = "regulator:us-bis";
  CHECK(complaints(what, facts, other) == 2);
}

TEST_CASE("ownership ban: firms and domiciles must exist", "[unit][events]") {
  const Facts facts = small_world();
  const Date later = make_date(2026, 9, 1);
  CHECK(complaints(OwnershipBan{{"zhipu"}, {"US"}, later}, facts, {}) == 0);
  CHECK(complaints(OwnershipBan{{"zhippu"}, {"UK"}, later}, facts, {}) == 2);
  CHECK(complaints(OwnershipBan{{}, {}, later}, facts, {}) == 2);
}

TEST_CASE("ownership ban: its deadline comes after its announcement", "[unit][events]") {
  const auto complaint = [](Date deadline) {
    return first_complaint(OwnershipBan{{"zhipu"}, {"US"}, deadline}, small_world(), zhipu_said());
  };
  CHECK(complaint(make_date(2026, 6, 14)).empty());
  CHECK_THAT(complaint(make_date(2026, 6, 13)),
             Catch::Contains("'deadline' = 2026-06-13 is not after the announcement on 2026-06-13 UTC "
                             "(holders need a day to sell) set a later deadline"));
}

TEST_CASE("issue and listing: shares and offer prices are positive", "[unit][events]") {
  Facts facts = with_lines();
  const Date day = make_date(2026, 6, 15);
  CHECK(complaints(Issue{"2513.HK", 1000, 50.0, day}, facts, zhipu_said()) == 0);
  CHECK(complaints(Issue{"2513.HK", 0, -1.0, day}, facts, zhipu_said()) == 2);
  CHECK(complaints(Issue{"2513", 1, 1.0, day}, facts, zhipu_said()) == 1);
  CHECK(first_complaint(Listing{"2513.HK", 50.0, day}, facts, zhipu_said()) ==
        "line '2513.HK' is listed already (only an unlisted line can be) use 'issue'");
  facts.lines[0].unlisted = true;
  CHECK(complaints(Listing{"2513.HK", 50.0, day}, facts, zhipu_said()) == 0);
  CHECK(complaints(Listing{"2513.HK", 0.0, day}, facts, zhipu_said()) == 1);
}

TEST_CASE("issue and listing: the firm itself sells shares of one firm's line, once it has said so",
          "[unit][events]") {
  Facts facts = with_lines();
  const auto check_both = [&](const std::string& line, Date day, const Announcement& said) {
    facts.lines[0].unlisted = false;
    const std::string of_issue = first_complaint(Issue{line, 1, 1.0, day}, facts, said);
    facts.lines[0].unlisted = true;
    CHECK(first_complaint(Listing{line, 1.0, day}, facts, said) == of_issue);
    return of_issue;
  };
  const Date day = make_date(2026, 6, 13);
  CHECK(check_both("2513.HK", day, zhipu_said()).empty());
  CHECK(check_both("2513.HK", make_date(2026, 6, 12), zhipu_said()) ==
        "'date' = 2026-06-12 lies before the announcement on 2026-06-13 UTC (shares are sold after it is "
        "known) "
        "set a later date");
  CHECK(check_both("HK_REST", day, zhipu_said()) ==
        "line 'HK_REST' is a composite (it stands for many firms) name the line of one firm");
  Announcement other = zhipu_said();
  other.actor = "firm:cloud";
  CHECK(check_both("2513.HK", day, other) ==
        "actor 'firm:cloud' cannot sell shares of '2513.HK' (they are those of 'zhipu') set actor = "
        "\"firm:zhipu\"");
}
