// Events in scenario files: closed classes, references to the data, and outcomes that no event may set.
#include <catch2/catch.hpp>

#include "scenario_files.hpp"

using namespace chokepoint;
using namespace chokepoint::testing;

namespace {

/// Complaints of reading and of checking against the data.
Messages complaints_with_data(const std::map<std::size_t, std::string>& replaced,
                              const std::string& more = "") {
  return read_text(small_with(replaced, more), {}, &shipped_facts()).errors;
}

std::string outcome(const std::string& key) {
  return "'" + key +
         "' would set an outcome (events say what was announced; the market decides the outcome) leave it "
         "out";
}

}  // namespace

TEST_CASE("events: every class is read", "[unit][scenario]") {
  const ScenarioReading found = read_text(small_with(
      {},
      "[[event]]\nid = \"release\"\nannounced = 2026-06-13T10:00:00+08:00\nactor = \"firm:zhipu\"\n"
      "instrument = \"open_release\"\nmodels = [\"glm-5.2\"]\nweights = 2026-06-16\n"
      "claim = { against_best_open = \"equal_or_above\", gap_to_closed = \"half_or_more\", "
      "price_vs_equal = \"tenth_or_less\" }\nforce = \"proposal\"\nlevel = 0.25\n"
      "duration = \"90 d\"\nprior = \"rumoured\"\nattention = \"app_store_top3\"\nsource = \"x\"\n"
      "feared = { force = \"licence_required\", level = 1, duration = \"open_ended\" }\n"));
  CHECK(found.errors == Messages{});
  REQUIRE(found.scenario.events.size() == 2);
  const Event& event = found.scenario.events[1];
  CHECK(event.said.announced == to_instant(make_date(2026, 6, 13), 2 * 3600, 0));
  CHECK(event.said.bite.force == Force::proposal);
  CHECK(event.said.bite.level == 0.25);
  CHECK(event.said.bite.duration_days == 90.0);
  CHECK(event.said.prior == Prior::rumoured);
  CHECK(event.said.attention == AttentionClass::app_store_top3);
  REQUIRE(event.said.feared);
  CHECK(event.said.feared->force == Force::licence_required);
  CHECK_FALSE(event.said.feared->duration_days);
  const OpenRelease& release = std::get<OpenRelease>(event.instrument);
  CHECK(release.models == Messages{"glm-5.2"});
  CHECK(release.weights == make_date(2026, 6, 16));
  CHECK(release.gap_to_closed.value == "half_or_more");
}

TEST_CASE("events: keys that would set an outcome are refused with the reason", "[unit][scenario]") {
  for (const char* key : {"price", "market_cap", "cap", "flow", "headcount", "net-flow", "Price"}) {
    CHECK(complaints({{20, "source = \"a test\"\n" + std::string(key) + " = 5"}}) ==
          Messages{said("E042", outcome(key), "21:1")});
  }
  // ... in an event of an unknown instrument, in a table of the event, and for an instrument without a bite
  CHECK(
      complaints({{18, "instrument = \"ban_all\""}, {20, "source = \"a test\"\nprice = 5"}}) ==
      Messages{
          said(
              "E034",
              "'instrument' = 'ban_all' is none of: model_access_order, open_release, "
              "placement_considered, reversal, issue, listing, ownership_ban, enterprise_ban, model_release, "
              "measure, claimed_release, chip_control, procurement_ban, counter_control, rental_rule, "
              "open_weights_control, distillation_policing, visa_rule, exit_control, talent_scheme, "
              "bridge_measure, outbound_limit, connect_change, state_fund, designation",
              "18:14"),
          said("E042", outcome("price"), "21:1")});
  CHECK(complaints({}, further("placement_considered", "firm:zhipu", "price = 5\n")) ==
        Messages{said("E042", outcome("price"), "33:1")});
}

TEST_CASE("events: a misspelt key that only resembles an outcome is suggested", "[unit][scenario]") {
  const std::string release = further("open_release", "firm:zhipu",
                                      "models = [\"glm-5.2\"]\nclaim = { against_best_open = \"below\", "
                                      "gap_to_closed = \"under_half\", price_vs_equl = \"above_tenth\" }\n");
  CHECK(
      complaints({}, release) ==
      Messages{said("E030", "'price_vs_equal' is missing (every 'claim' of event 'second' needs it)", "34:9"),
               said("E012",
                    "unknown key 'price_vs_equl' (not a key of 'claim' of event 'second') did you mean "
                    "'price_vs_equal'?",
                    "34:70")});
}

TEST_CASE("events: words outside a closed class", "[unit][scenario]") {
  CHECK(complaints({{20,
                     "source = \"a test\"\nforce = \"bindng\"\nlevel = 0.3\nduration = \"3 months\"\n"
                     "prior = \"sure\"\nattention = \"everywhere\""}}) ==
        Messages{said("E034",
                      "'attention' = 'everywhere' is none of: none, trade_press, business_front_page, "
                      "app_store_top3, general_front_pages",
                      "25:13"),
                 said("E034",
                      "'force' = 'bindng' is none of: binding, licence_required, list_without_legal_force, "
                      "proposal, reversed did you mean 'binding'?",
                      "21:9"),
                 said("E034", "'level' = 0.3 is none of: 0.25, 0.5, 0.75, 1", "22:9"),
                 said("E031",
                      "'duration' = '3 months' is no duration (write \"open_ended\" or days as in \"90 d\")",
                      "23:12"),
                 said("E034", "'prior' = 'sure' is none of: none, rumoured, expected", "24:9")});
  CHECK(complaints({{18, "instrument = \"model_acess_order\""}}) ==
        Messages{said("E034",
                      "'instrument' = 'model_acess_order' is none of: model_access_order, open_release, "
                      "placement_considered, reversal, issue, listing, ownership_ban, enterprise_ban, "
                      "model_release, measure, claimed_release, chip_control, procurement_ban, "
                      "counter_control, rental_rule, open_weights_control, distillation_policing, visa_rule, "
                      "exit_control, talent_scheme, bridge_measure, outbound_limit, connect_change, "
                      "state_fund, designation did you mean "
                      "'model_access_order'?",
                      "18:14")});
  CHECK(complaints({{17, "actor = \"us-bis\""}}) ==
        Messages{said("E034", "'actor' = 'us-bis' must be firm:<id> or regulator:<id>", "17:9")});
  CHECK(complaints({{15, "id = \"an order\""}, {23, "exclude = [\"an order\"]"}}) ==
        Messages{said("E035", "id 'an order' may hold letters, digits, '_' and '-' only", "15:6")});
}

TEST_CASE("events: what was feared and prior reports belong together", "[unit][scenario]") {
  CHECK(
      complaints({{20, "source = \"a test\"\nprior = \"rumoured\""}}) ==
      Messages{said("E041", "prior 'rumoured' needs 'feared' (what the earlier reports described)", "21:9")});
  CHECK(complaints(
            {{20, "source = \"a test\"\nfeared = { force = \"binding\", level = 1, duration = \"1 d\" }"}}) ==
        Messages{said("E041", "'feared' needs prior = \"rumoured\" or \"expected\"", "21:10")});
  CHECK(complaints({}, further("placement_considered", "firm:zhipu", "level = 1.0\n")) ==
        Messages{said("E012",
                      "'level' has no meaning for event 'second' (its instrument is no measure that binds)",
                      "33:1")});
}

TEST_CASE("events: the time has an offset and lies within the run", "[unit][scenario]") {
  CHECK(complaints({{16, "announced = 2026-06-12T17:21:00"}}) ==
        Messages{said("E033",
                      "'announced' must be a date with time and offset such as 2026-06-12T17:21:00-04:00, "
                      "without quotes (found a date with time)",
                      "16:13")});
  CHECK(complaints({{16, "announced = 2026-06-11T17:21:00-04:00"}}) ==
        Messages{said(
            "E043", "event 'order' is announced before time.as_of = 2026-06-12 (the world knows it already)",
            "14:1")});
  CHECK(
      complaints({{6, "end = 2026-06-30"}, {16, "announced = 2026-07-01T00:00:00Z"}}) ==
      Messages{said("E043", "event 'order' is announced after time.end = 2026-06-30 (it would never happen)",
                    "14:1")});
  CHECK(complaints({{6, "end = 2026-06-30"}, {16, "announced = 2026-06-30T23:59:59Z"}}) == Messages{});
}

TEST_CASE("events: what was said before an exchange closed on T0 is no news to its prices",
          "[unit][scenario]") {
  const auto too_early = [](const std::string& venue) {
    return Messages{
        said("E043",
             "event 'order' is announced before " + venue +
                 " closed on time.as_of = 2026-06-12 (its price may hold the news already) set as_of "
                 "to the close before",
             "14:1")};
  };
  CHECK(complaints_with_data({{16, "announced = 2026-06-12T15:59:59+08:00"}}) == too_early("XHKG"));
  CHECK(complaints_with_data({{16, "announced = 2026-06-12T16:00:00+08:00"}}) == too_early("XNYS"));
  CHECK(complaints_with_data({{16, "announced = 2026-06-12T15:59:59-04:00"}}) == too_early("XNYS"));
  CHECK(complaints_with_data({{16, "announced = 2026-06-12T16:00:00-04:00"}}) == Messages{});
}

TEST_CASE("events: a measure may continue an earlier one of its kind", "[unit][scenario]") {
  const auto softened = [](const std::string& first) {
    return further("model_access_order", "regulator:us-bis",
                   "models = [\"fable-5\"]\ndeny = { persons_not_national_of = [\"US\"] }\n"
                   "force = \"licence_required\"\ncontinues = \"" +
                       first + "\"\n");
  };
  const ScenarioReading found = read_text(small_with({}, softened("order")));
  CHECK(found.errors == Messages{});
  REQUIRE(found.scenario.events.size() == 2);
  CHECK(found.scenario.events[0].said.chain() == "order");
  CHECK(found.scenario.events[1].said.chain() == "order");
  CHECK(complaints({}, softened("ordre")) ==
        Messages{said("E041",
                      "event 'second': continues 'ordre' (no event of this scenario) did you mean 'order'?",
                      "27:1")});
  CHECK(complaints({}, softened("second")) ==
        Messages{said("E041",
                      "event 'second': continues 'second' (which itself continues 'second') name the "
                      "first event",
                      "27:1")});
  CHECK(complaints({}, further("placement_considered", "firm:zhipu", "continues = \"order\"\n")) ==
        Messages{said(
            "E012", "'continues' has no meaning for event 'second' (its instrument is no measure that binds)",
            "33:1")});
}

TEST_CASE("events: a reversal ends an earlier measure of the scenario", "[unit][scenario]") {
  const auto reversal = [](const std::string& measure) {
    return further("reversal", "regulator:us-bis", "measure = \"" + measure + "\"\n");
  };
  const std::map<std::size_t, std::string> both{{23, "exclude = [\"order\", \"second\"]"}};
  CHECK(complaints(both, reversal("order")) == Messages{});
  CHECK(complaints(both, reversal("ordre")) ==
        Messages{said("E041",
                      "event 'second': ends 'ordre' (no measure of this scenario) did you mean 'order'?",
                      "27:1")});
  CHECK(complaints(both, reversal("second")) ==
        Messages{said("E041", "event 'second': ends 'second' (no measure of this scenario)", "27:1")});
  CHECK(complaints({{16, "announced = 2026-06-16T10:00:00Z"}, {23, "exclude = [\"order\", \"second\"]"}},
                   reversal("order")) ==
        Messages{said("E041", "event 'second': ends 'order' (which is announced later)", "27:1")});
  CHECK(
      complaints({}, reversal("order")) ==
      Messages{said("E046", "arm 'none' has 'second' without 'order' (which it ends) exclude both or neither",
                    "22:6")});
}

TEST_CASE("events: one unreadable event brings no complaints about those that name it", "[unit][scenario]") {
  const std::string reversal = further("reversal", "regulator:us-bis", "measure = \"order\"\n");
  const std::map<std::size_t, std::string> both{{16, "announced = \"yesterday\""},
                                                {23, "exclude = [\"order\", \"second\"]"}};
  CHECK(complaints(both, reversal).size() == 1);
  std::map<std::size_t, std::string> no_instrument = both;
  no_instrument[16] = small_scenario[15];
  no_instrument[18] = "instrument = 3";
  CHECK(complaints(no_instrument, reversal) ==
        Messages{said("E033", "'instrument' must be text (found an integer)", "18:14")});
}

TEST_CASE("events: firms, models, lines and domiciles are those of the data", "[unit][scenario]") {
  CHECK(complaints_with_data({}) == Messages{});
  CHECK(complaints_with_data({{19, "models = [\"fable-5\", \"fabel-5\"]"}}) ==
        Messages{said("E041",
                      "event 'order': unknown model 'fabel-5' (not in the data) did you mean 'fable-5'?",
                      "14:1")});
  CHECK(complaints_with_data({{17, "actor = \"firm:zhipo\""}}) ==
        Messages{said("E041", "event 'order': unknown firm 'zhipo' (not in the data) did you mean 'zhipu'?",
                      "14:1")});
  CHECK(complaints_with_data({{19, "models = \"fable-5\""}}) ==
        Messages{said("E033", "'models' must be a list of texts (found text)", "19:10")});
  CHECK(complaints_with_data({{19, "models = []"}}) ==
        Messages{said("E041", "event 'order': 'models' is empty (an order must name at least one model)",
                      "14:1")});
  const std::string ban = "firms = [\"zhipuu\"]\ndomiciles = [\"US\", \"EUR\"]\ndeadline = 2026-09-01\n";
  CHECK(complaints_with_data({}, further("ownership_ban", "regulator:us-bis", ban)) ==
        Messages{said("E041", "event 'second': unknown firm 'zhipuu' (not in the data) did you mean 'zhipu'?",
                      "27:1"),
                 said("E041", "event 'second': unknown domicile 'EUR' (not in the data) did you mean 'US'?",
                      "27:1")});
  const std::string issue = "line = \"2531.HK\"\nshares = 0\noffer_price = -1\ndate = 2026-07-01\n";
  CHECK(complaints_with_data({}, further("issue", "firm:zhipu", issue)) ==
        Messages{
            said("E041", "event 'second': unknown line '2531.HK' (not in the data) did you mean '2513.HK'?",
                 "27:1"),
            said("E041", "event 'second': 'shares' must be positive", "27:1"),
            said("E041", "event 'second': 'offer_price' must be positive", "27:1")});
}

TEST_CASE("events: an ownership ban cannot be reversed yet", "[unit][scenario]") {
  const std::string ban = further("ownership_ban", "regulator:us-bis",
                                  "firms = [\"zhipu\"]\ndomiciles = [\"US\"]\ndeadline = 2026-09-01\n");
  const std::string end =
      "[[event]]\nid = \"end\"\nannounced = 2026-06-20T18:00:00-04:00\nactor = \"regulator:us-bis\"\n"
      "instrument = \"reversal\"\nsource = \"a test\"\nmeasure = \"second\"\n";
  CHECK(complaints({}, ban + end) ==
        Messages{said("E041",
                      "event 'end': ends 'second' (an ownership_ban cannot be reversed yet) leave the "
                      "reversal out",
                      "36:1")});
}

TEST_CASE("events: a line is listed once, and before its issues, in every arm", "[unit][scenario]") {
  Facts unlisted = shipped_facts();
  unlisted.lines[unlisted.line("2513.HK")].unlisted = true;
  const auto found = [&](const std::string& exclude, const std::string& more) {
    return read_text(small_with({{23, "exclude = [" + exclude + "]"}}, more), {}, &unlisted).errors;
  };
  const auto offer = [](const std::string& id, const std::string& instrument, const std::string& keys) {
    return "[[event]]\nid = \"" + id + "\"\nannounced = 2026-06-15T18:00:00-04:00\nactor = \"firm:zhipu\"\n" +
           "instrument = \"" + instrument +
           "\"\nsource = \"a test\"\nline = \"2513.HK\"\noffer_price = 900\n" + keys;
  };
  const std::string listing = offer("listing", "listing", "date = 2026-07-01\n");
  const std::string issue = offer("issue", "issue", "shares = 1000\ndate = 2026-07-02\n");
  const std::string too_early = "event 'issue': sells shares of '2513.HK' before it is listed in arm '";
  const std::string why = "' (the line is unlisted in the data) add a listing event with an earlier date";
  CHECK(found("\"order\"", listing + issue) == Messages{});
  CHECK(found("\"listing\"", listing + issue) == Messages{said("E041", too_early + "none" + why, "36:1")});
  const std::string same_day = offer("issue", "issue", "shares = 1000\ndate = 2026-07-01\n");
  CHECK(found("\"issue\"", listing + same_day) == Messages{said("E041", too_early + "all" + why, "36:1")});
  const std::string again = offer("again", "listing", "date = 2026-08-03\n");
  CHECK(found("\"listing\"", listing + again) ==
        Messages{said("E041",
                      "event 'again': lists '2513.HK' a second time in arm 'all' (a line is listed once) "
                      "exclude one of the two",
                      "36:1")});
}
