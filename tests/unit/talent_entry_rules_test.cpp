#include "sim/model/talent/entry_rules.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "sim/input/instrument_reader.hpp"
#include "sim/model/events/exit_control.hpp"
#include "sim/model/events/talent_scheme.hpp"
#include "sim/model/events/visa_rule.hpp"
#include "tests/support/talent_rules.hpp"

using namespace chokepoint;

namespace {

MoveBarriers barriers_of(const TalentPolicy& policy, const TalentParams& params = {},
                         Standing standing = Standing::other) {
  return move_barriers(params, policy, standing);
}

bool all_zero(const MoveBarriers& barriers) {
  for (const auto& origin : barriers) {
    for (const auto& from : origin) {
      for (const double barrier : from) {
        if (barrier != 0) return false;
      }
    }
  }
  return true;
}

/// An instrument read from text, and what its check complains of.
template <class What>
std::pair<What, std::vector<std::string>> read_instrument(const std::string& text) {
  const toml::table table = toml::parse(text);
  Problems problems;
  TomlTable event(table, {}, "event 'e'", problems);
  InstrumentReader reader(event, problems);
  What what;
  what.keys(reader);
  EventProblems complaints(problems, {}, "e");
  what.check(Facts{}, Announcement{}, complaints);
  return {what, problems.errors()};
}

}  // namespace

TEST_CASE("talent rules: barriers, by hand", "[unit][talent]") {
  CHECK(all_zero(barriers_of({})));
  const double infinity = std::numeric_limits<double>::infinity();
  // Half admitted and a fee of 100,000: ln 2 + 1.1 x 100,000 / (400,000 x 3) = .693147 + .091667.
  const MoveBarriers entry = barriers_of({{rule_for_chinese_in_us(0.5, 100000)}, {}, {}});
  for (const std::size_t from : {cn, hk, row})
    CHECK(entry[chinese][from][us] == Approx(0.784814).epsilon(1e-6));
  CHECK(entry[chinese][us] == std::array<double, region_count>{});  // who is there needs no visa
  CHECK(entry[chinese][us][us] == 0.0);
  CHECK(entry[chinese][cn][hk] == 0.0);
  CHECK(entry[indian][row][us] == 0.0);
  CHECK(barriers_of({{rule_for_chinese_in_us(2)}, {}, {}})[chinese][cn][us] ==
        Approx(-0.693147).epsilon(1e-6));
  CHECK(barriers_of({{rule_for_chinese_in_us(0)}, {}, {}})[chinese][cn][us] == infinity);

  // Three in four barred: ln 4 = 1.386294, to wherever they would go.
  TalentPolicy exit{{}, {{"exit", Region::cn, only(Nationality::cn), 0.75, true}}, {}};
  CHECK(all_zero(barriers_of(exit)));  // the top tier only
  const MoveBarriers top = barriers_of(exit, {}, Standing::top);
  for (const std::size_t to : {us, hk, row}) CHECK(top[chinese][cn][to] == Approx(1.386294).epsilon(1e-6));
  CHECK(top[chinese][cn][cn] == 0.0);
  CHECK(top[chinese][us][cn] == 0.0);
  CHECK(top[indian][cn][us] == 0.0);
  exit.exit[0].top_tier_only = false;
  CHECK(barriers_of(exit) == top);
  exit.exit[0].barred = 1;
  CHECK(barriers_of(exit)[chinese][cn][us] == infinity);

  // A scheme for half of those from elsewhere admits twice as many: 1 + .5 (2 - 1) = 1.5, ln 1.5 = .405465.
  const MoveBarriers scheme = barriers_of({{}, {}, {{"scheme", Region::hk, 2, -1}}});
  CHECK(scheme[chinese][cn][hk] == Approx(-0.405465).epsilon(1e-5));
  CHECK(scheme[indian][us][hk] == scheme[chinese][cn][hk]);
  CHECK(scheme[index(Nationality::hk)][us][hk] == 0.0);  // comes home
}

TEST_CASE("talent rules: barriers add up, end with their measure and are replaced by its next",
          "[unit][talent]") {
  TalentPolicy policy;
  put_rule(policy, rule_for_chinese_in_us(0.5));
  put_rule(policy, EntryRule{"second", Region::us, only(Nationality::cn), 0.5, 0});
  CHECK(barriers_of(policy)[chinese][cn][us] == Approx(std::log(4.0)));
  put_rule(policy, rule_for_chinese_in_us(1));
  CHECK(policy.entry.size() == 2);
  CHECK(barriers_of(policy)[chinese][cn][us] == Approx(std::log(2.0)));
  put_rule(policy, ExitControl{"second", Region::cn, only(Nationality::cn), 0.5, false});
  put_rule(policy, TalentScheme{"third", Region::hk, 0.5, 0});
  CHECK(barriers_of(policy)[chinese][cn][us] == Approx(std::log(4.0)));
  end_rules(policy, "second");
  CHECK(policy.exit.empty());
  CHECK(policy.entry.size() == 1);
  CHECK(policy.schemes.size() == 1);
  CHECK(barriers_of(policy)[chinese][cn][us] == 0.0);
  end_rules(policy, "third");
  CHECK(policy.schemes.empty());
}

TEST_CASE("talent rules: what is not enforced, and schemes that nobody is under, cost nothing",
          "[unit][talent]") {
  const TalentPolicy policy{{rule_for_chinese_in_us(0, 1e6)},
                            {{"exit", Region::cn, only(Nationality::cn), 1, false}},
                            {{"scheme", Region::hk, 0.05, 0}}};
  TalentParams params;
  params.rule_enforcement = 0;
  CHECK(all_zero(barriers_of(policy, params)));
  CHECK(all_zero(barriers_of(policy, params, Standing::top)));
  params.rule_enforcement = 0.5;
  CHECK(barriers_of({{rule_for_chinese_in_us(0.25)}, {}, {}}, params)[chinese][cn][us] ==
        Approx(std::log(2.0)));
  TalentParams nobody;
  nobody.scheme_share = 0;
  CHECK(all_zero(barriers_of({{}, {}, policy.schemes}, nobody)));
  CHECK(lapse_rate(nobody, policy, Region::hk) == 0.0);
}

TEST_CASE("talent rules: stays lapse by what renewal falls short of T0's", "[unit][talent]") {
  const TalentParams params;
  const auto rate = [&](double renewal, Region place = Region::hk) {
    return lapse_rate(params, {{}, {}, {{"scheme", Region::hk, 1, renewal}}}, place);
  };
  CHECK(rate(0) == Approx(0.5 / 104 * 0.53));  // .00255 a week
  CHECK(rate(0.33) == Approx(0.5 / 104 * 0.2));
  CHECK(rate(0.53) == 0.0);
  CHECK(rate(0.9) == 0.0);
  CHECK(rate(-1) == 0.0);
  CHECK(rate(0, Region::us) == 0.0);
  CHECK(lapse_rate(params, {}, Region::hk) == 0.0);
  const TalentPolicy two{{}, {}, {{"a", Region::hk, 1, 0.33}, {"b", Region::hk, 1, 0.43}}};
  CHECK(lapse_rate(params, two, Region::hk) == rate(0.33));  // the strictest holds
}

TEST_CASE("talent rules: instruments are read and checked", "[unit][talent]") {
  const auto [visa, no_complaint] = read_instrument<VisaRule>(
      "place = \"US\"\nnationalities = [\"CN\", \"IN\"]\nadmitted = 1\nfee_usd = 100000\n");
  CHECK(no_complaint.empty());
  CHECK(visa.place.value == "US");
  CHECK(visa.nationalities == std::vector<std::string>{"CN", "IN"});
  CHECK(visa.admitted == 1.0);
  CHECK(visa.fee_usd == 100000.0);
  const auto [no_fee, fine] =
      read_instrument<VisaRule>("place = \"ROW\"\nnationalities = [\"ROW\"]\nadmitted = 0.5\n");
  CHECK(fine.empty());
  CHECK(no_fee.fee_usd == 0.0);
  const auto complaints = [](const std::string& keys) {
    return read_instrument<VisaRule>("place = \"US\"\n" + keys).second;
  };
  CHECK(complaints("nationalities = [\"CN\"]\nadmitted = 6\n").size() == 1);
  CHECK(complaints("nationalities = [\"CN\"]\nadmitted = 0.04\n").size() == 1);
  CHECK(complaints("nationalities = [\"CN\"]\nadmitted = 1\nfee_usd = -1\n").size() == 1);
  CHECK(complaints("nationalities = [\"US\"]\nadmitted = 1\n").size() == 1);
  CHECK(complaints("nationalities = [\"UK\"]\nadmitted = 1\n").size() == 1);
  CHECK(complaints("nationalities = []\nadmitted = 1\n").size() == 1);

  const auto [control, calm] = read_instrument<ExitControlOrder>(
      "place = \"CN\"\nnationalities = [\"CN\"]\nbarred = 0.5\ntop_tier_only = true\n");
  CHECK(calm.empty());
  CHECK(control.barred == 0.5);
  CHECK(control.top_tier_only);
  CHECK(read_instrument<ExitControlOrder>("place = \"CN\"\nnationalities = [\"CN\"]\nbarred = 1.1\n")
            .second.size() == 1);

  const auto [scheme, quiet] =
      read_instrument<TalentSchemeChange>("place = \"HK\"\nadmitted = 2\nrenewal = 0.4\n");
  CHECK(quiet.empty());
  CHECK(scheme.admitted == 2.0);
  CHECK(scheme.renewal == 0.4);
  CHECK_FALSE(read_instrument<TalentSchemeChange>("place = \"HK\"\nadmitted = 2\n").first.renewal);
  CHECK(read_instrument<TalentSchemeChange>("place = \"HK\"\nadmitted = 2\nrenewal = 2\n").second.size() ==
        1);
  CHECK(read_instrument<TalentSchemeChange>("place = \"KH\"\nadmitted = 2\n").second.size() == 1);
}
