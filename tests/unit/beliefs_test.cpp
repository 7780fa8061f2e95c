#include "sim/model/beliefs.hpp"

#include <catch2/catch.hpp>

using namespace chokepoint;

namespace {

Announcement said(Force force, double level = 1.0) {
  Announcement announcement;
  announcement.bite.force = force;
  announcement.bite.level = level;
  return announcement;
}

const std::vector<Touch> one_touch{{"zhipu", Channel::vacated, 0.15, 1.0}};

/// A listed chip maker, a listed holder of a private laboratory, the laboratory, and a composite.
Facts small_world() {
  Facts facts;
  facts.firms.push_back({"chips", "Chips", Region::us, "chips", true, true, 0.0});
  facts.firms.push_back({"holder", "Holder", Region::us, "cloud", true, true, 0.0});
  facts.firms.push_back({"lab", "Lab", Region::us, "lab", true, false, 500.0});
  const auto add_line = [&](const char* id, std::size_t firm, LineClass line_class, Shares shares) {
    Line line;
    line.id = id;
    line.firm = firm;
    line.line_class = line_class;
    line.shares = shares;
    line.price_usd = 100.0;
    facts.lines.push_back(line);
  };
  add_line("CHIP", 0, LineClass::thin_ai, 1'000'000'000);     // 100 bn USD
  add_line("HOLD", 1, LineClass::mega_cap, 6'000'000'000);    // 600 bn USD
  add_line("HOLD.B", 1, LineClass::mega_cap, 4'000'000'000);  // 400 bn USD
  add_line("US_REST", Line::npos, LineClass::composite, 1'000'000'000);
  facts.stakes.push_back({1, 2, 0.10});
  return facts;
}

const ValueChange& change_of(const std::vector<ValueChange>& changes, const std::string& entity) {
  for (const ValueChange& change : changes) {
    if (change.entity == entity) return change;
  }
  FAIL("no change of " + entity);
  return changes.front();
}

}  // namespace

TEST_CASE("beliefs: the bite is force times level", "[unit][beliefs]") {
  const BeliefParams params;
  CHECK(believed_bite(params, {Force::binding, 1.0, {}}) == 1.0);
  CHECK(believed_bite(params, {Force::licence_required, 0.5, {}}) == Approx(0.35));
  CHECK(believed_bite(params, {Force::list_without_legal_force, 1.0, {}}) == Approx(0.2));
  CHECK(believed_bite(params, {Force::proposal, 0.75, {}}) == Approx(0.3));
}

TEST_CASE("beliefs: a stated duration below four years bites less", "[unit][beliefs]") {
  const BeliefParams params;
  // (1 - e^{-.05 D}) / (1 - e^{-.2}), D in years: one year .0487706 / .1812692.
  CHECK(believed_bite(params, {Force::binding, 1.0, 365.25}) == Approx(0.26905).epsilon(1e-4));
  CHECK(believed_bite(params, {Force::binding, 1.0, 4 * 365.25}) == Approx(1.0));
  CHECK(believed_bite(params, {Force::binding, 1.0, 20 * 365.25}) == 1.0);
  CHECK(believed_bite(params, {Force::binding, 1.0, 0.0}) == 0.0);
}

TEST_CASE("beliefs: announced, softened, ended: the surprises of a chain sum to zero", "[unit][beliefs]") {
  const BeliefParams params;
  MeasureChains chains;
  CHECK_FALSE(chains.knows("order"));
  const double announced = chains.announce(params, "order", said(Force::binding), one_touch)[0];
  const double softened = chains.announce(params, "order", said(Force::licence_required), one_touch)[0];
  std::vector<Touch> ended;
  const std::vector<double> reversed = chains.reverse("order", ended);
  CHECK(announced == 1.0);
  CHECK(softened == Approx(-0.3));
  REQUIRE(reversed.size() == 1);
  CHECK(reversed[0] == Approx(-0.7));
  CHECK(ended[0].entity == "zhipu");
  CHECK(announced + softened + reversed[0] == Approx(0.0).margin(1e-16));
  CHECK(chains.knows("order"));
  CHECK(chains.reverse("order", ended)[0] == 0.0);
  CHECK(chains.reverse("no such measure", ended).empty());
  CHECK(ended.empty());
}

TEST_CASE("beliefs: what was feared is part of what is believed already", "[unit][beliefs]") {
  const BeliefParams params;
  Announcement announcement = said(Force::binding);
  announcement.feared = Bite{Force::binding, 0.5, {}};
  announcement.prior = Prior::rumoured;
  CHECK(MeasureChains().announce(params, "m", announcement, one_touch)[0] == Approx(1.0 - 0.3 * 0.5));
  announcement.prior = Prior::expected;
  CHECK(MeasureChains().announce(params, "m", announcement, one_touch)[0] == Approx(1.0 - 0.7 * 0.5));
  announcement.prior = Prior::none;
  CHECK(MeasureChains().announce(params, "m", announcement, one_touch)[0] == 1.0);
  // Milder than feared: a negative surprise.
  announcement = said(Force::proposal);
  announcement.feared = Bite{Force::binding, 1.0, {}};
  announcement.prior = Prior::expected;
  CHECK(MeasureChains().announce(params, "m", announcement, one_touch)[0] == Approx(0.4 - 0.7));
}

TEST_CASE("beliefs: links of a chain are by firm and channel, with the level of the touch",
          "[unit][beliefs]") {
  const BeliefParams params;
  MeasureChains chains;
  chains.announce(params, "m", said(Force::binding), one_touch);
  const std::vector<Touch> wider{{"zhipu", Channel::vacated, 0.15, 1.0},
                                 {"zhipu", Channel::target, 0.5, 1.0},
                                 {"minimax", Channel::vacated, 0.35, 0.5}};
  const std::vector<double> surprise = chains.announce(params, "m", said(Force::binding), wider);
  CHECK(surprise == std::vector<double>{0.0, 1.0, 0.5});
}

TEST_CASE("beliefs: a proposal goes part of the way to what it proposes", "[unit][beliefs]") {
  const BeliefParams params;  // phi_prop .4, phi_lic .7
  // First event: .4 x (.5 - 0); with a year's duration .4 x .5 x .26905.
  CHECK(MeasureChains().announce(params, "m", said(Force::proposal, 0.5), one_touch)[0] == Approx(0.2));
  Announcement short_one = said(Force::proposal, 0.5);
  short_one.bite.duration_days = 365.25;
  CHECK(MeasureChains().announce(params, "m", short_one, one_touch)[0] ==
        Approx(0.2 * 0.26905).epsilon(1e-4));
  MeasureChains chains;
  chains.announce(params, "m", said(Force::licence_required), one_touch);  // .7
  const double tighter = chains.announce(params, "m", said(Force::proposal), one_touch)[0];
  const double milder = chains.announce(params, "m", said(Force::proposal, 0.25), one_touch)[0];
  CHECK(tighter == Approx(0.4 * (1.0 - 0.7)));   // to .82
  CHECK(milder == Approx(0.4 * (0.25 - 0.82)));  // to .592
  const double in_force = chains.announce(params, "m", said(Force::binding), one_touch)[0];
  CHECK(in_force == Approx(1.0 - 0.592));
}

TEST_CASE("beliefs: what was in force before is where a first event starts, and no later one",
          "[unit][beliefs]") {
  const BeliefParams params;
  Announcement tightened = said(Force::binding, 0.75);
  tightened.before = Bite{Force::binding, 0.5, {}};
  MeasureChains chains;
  CHECK(chains.announce(params, "m", tightened, one_touch)[0] == Approx(0.25));
  Announcement whole = said(Force::binding);
  whole.before = Bite{Force::binding, 0.5, {}};
  CHECK(chains.announce(params, "m", whole, one_touch)[0] == Approx(0.25));  // 1 - .75
  // The touch's own level multiplies both; a proposal starts from there too.
  const std::vector<Touch> half{{"zhipu", Channel::vacated, 0.15, 0.5}};
  CHECK(MeasureChains().announce(params, "m", tightened, half)[0] == Approx(0.375 - 0.25));
  Announcement draft = said(Force::proposal);
  draft.before = Bite{Force::licence_required, 0.5, {}};
  CHECK(MeasureChains().announce(params, "m", draft, one_touch)[0] == Approx(0.4 * (1.0 - 0.35)));
  // An easing of what was in force.
  Announcement eased = said(Force::reversed);
  eased.before = Bite{Force::binding, 0.5, {}};
  CHECK(MeasureChains().announce(params, "m", eased, one_touch)[0] == Approx(-0.5));
}

TEST_CASE("beliefs: what is feared of a later event starts from what the chain had come to",
          "[unit][beliefs]") {
  const BeliefParams params;  // pi .3 rumoured, .7 expected
  const auto second = [&](Announcement announcement) {
    MeasureChains chains;
    chains.announce(params, "m", said(Force::binding, 0.5), one_touch);
    return chains.announce(params, "m", announcement, one_touch)[0];
  };
  Announcement announcement = said(Force::binding, 0.75);
  announcement.feared = Bite{Force::binding, 1.0, {}};
  announcement.prior = Prior::rumoured;
  CHECK(second(announcement) == Approx(0.75 - (0.5 + 0.3 * 0.5)));
  announcement.prior = Prior::expected;
  CHECK(second(announcement) == Approx(0.75 - (0.5 + 0.7 * 0.5)));
  // A draft had been feared: .5 + .4 x (1 - .5) = .7 of which .7 is believed.
  announcement.feared = Bite{Force::proposal, 1.0, {}};
  CHECK(second(announcement) == Approx(0.75 - (0.5 + 0.7 * 0.2)));
  // The next event starts from what happened, not from what was feared.
  MeasureChains chains;
  chains.announce(params, "m", announcement, one_touch);
  CHECK(chains.announce(params, "m", said(Force::binding), one_touch)[0] == Approx(0.25));
}

TEST_CASE("beliefs: a reversed measure has no bite, as news and as what was expected", "[unit][beliefs]") {
  const BeliefParams params;
  MeasureChains chains;
  chains.announce(params, "m", said(Force::licence_required, 0.5), one_touch);
  CHECK(chains.announce(params, "m", said(Force::reversed), one_touch)[0] == Approx(-0.35));
  CHECK(chains.announce(params, "m", said(Force::reversed), one_touch)[0] == 0.0);
  MeasureChains expected;
  expected.announce(params, "m", said(Force::binding), one_touch);
  Announcement ended = said(Force::reversed);
  ended.prior = Prior::expected;
  ended.feared = Bite{Force::reversed, 1.0, {}};
  CHECK(expected.announce(params, "m", ended, one_touch)[0] == Approx(-0.3));
}

TEST_CASE("beliefs: support has bites below zero and helps where a restriction hurts", "[unit][beliefs]") {
  const BeliefParams params;
  const std::vector<Touch> support{{"US_REST", Channel::restricted_sales, 0.5, -1.0}};
  MeasureChains chains;
  const std::vector<double> granted = chains.announce(params, "m", said(Force::binding, 0.5), support);
  CHECK(granted[0] == Approx(-0.5));
  // -beta_S .5 x X .5 x u -.5
  CHECK(value_changes(params, {}, small_world(), support, granted)[0].total() == Approx(0.125));
  const std::vector<double> more = chains.announce(params, "m", said(Force::proposal), support);
  CHECK(more[0] == Approx(0.4 * (-1.0 + 0.5)));
  const std::vector<double> cancelled = chains.announce(params, "m", said(Force::reversed), support);
  CHECK(cancelled[0] == Approx(0.7));
}

TEST_CASE("beliefs: chains of one firm and channel are told apart by the flow", "[unit][beliefs]") {
  const BeliefParams params;
  const std::vector<Touch> chips{{"zhipu", Channel::vacated, 0.15, 1.0, "CN/ai_chips"}};
  const std::vector<Touch> both{{"zhipu", Channel::vacated, 0.15, 1.0, "CN/ai_chips"},
                                {"zhipu", Channel::vacated, 0.20, 1.0, "CN/eda"}};
  MeasureChains chains;
  chains.announce(params, "m", said(Force::binding, 0.5), chips);
  CHECK(chains.announce(params, "m", said(Force::binding), both) == std::vector<double>{0.5, 1.0});
  CHECK(chains.announce(params, "other", said(Force::binding), chips)[0] == 1.0);
  std::vector<Touch> ended;
  CHECK(chains.reverse("m", ended) == std::vector<double>{-1.0, -1.0});
  REQUIRE(ended.size() == 2);
  CHECK(ended[0].counterpart == "CN/ai_chips");
  CHECK(ended[1].counterpart == "CN/eda");
}

TEST_CASE("beliefs: one touch changes value by sign, beta, exposure, surprise and volatility",
          "[unit][beliefs]") {
  const Facts facts = small_world();
  // -.12 x .5 x 1 x sqrt(.060 / .024)
  const auto changes =
      value_changes({}, {}, facts, {{"chips", Channel::target, 0.5, 1.0}}, std::vector<double>{1.0});
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].total() == Approx(-0.06 * 1.5811388300841898));
  CHECK(changes[0].by_channel[index(Channel::target)] == changes[0].total());
  // Composites have volatility factor one; the sign of `deploy` is positive.
  const auto composite =
      value_changes({}, {}, facts, {{"US_REST", Channel::deploy, 0.2, 1.0}}, std::vector<double>{-0.5});
  CHECK(composite[0].total() == Approx(0.10 * 0.2 * -0.5));
}

TEST_CASE("beliefs: every channel has its sign", "[unit][beliefs]") {
  const Facts facts = small_world();
  const std::array<int, channel_count> signs{-1, -1, -1, 1, -1, 1, -1, 1, -1};
  const BeliefParams params;
  for (std::size_t c = 0; c < channel_count; ++c) {
    CAPTURE(channel_names[c]);
    const std::vector<Touch> touch{{"US_REST", static_cast<Channel>(c), 1.0, 1.0}};
    const auto changes = value_changes(params, {}, facts, touch, std::vector<double>{1.0});
    CHECK(changes[0].total() == Approx(signs[c] * params.beta[c]));
  }
}

TEST_CASE("beliefs: a holder's value follows the private firm's by stake, mark and cap", "[unit][beliefs]") {
  const Facts facts = small_world();
  const auto changes =
      value_changes({}, {}, facts, {{"lab", Channel::target, 1.0, 1.0}}, std::vector<double>{1.0});
  REQUIRE(changes.size() == 2);
  CHECK(change_of(changes, "lab").total() == Approx(-0.12));
  CHECK(change_of(changes, "holder").by_stakes == Approx(0.10 * 500.0 / 1000.0 * -0.12));
  CHECK(change_of(changes, "holder").total() == change_of(changes, "holder").by_stakes);
}

TEST_CASE("beliefs: a mark does not fall by more than its log point", "[unit][beliefs]") {
  const Facts facts = small_world();
  BeliefParams params;
  params.beta[index(Channel::target)] = 1.8;
  const auto changes =
      value_changes(params, {}, facts, {{"lab", Channel::target, 1.0, 1.0}}, std::vector<double>{1.0});
  CHECK(change_of(changes, "holder").by_stakes == Approx(0.05 * -1.0));
}

TEST_CASE("beliefs: who has not learnt catches up with 15 % of the gap a day", "[unit][beliefs]") {
  const BeliefParams params;
  std::vector<double> value(class_count, 0.0);
  const std::size_t fund = class_of(InvestorType::fund, Region::us);
  value[fund] = 0.8;
  catch_up_values(params, std::vector<double>{1.0}, value);
  CHECK(value[fund] == Approx(0.83));
  CHECK(value[class_of(InvestorType::retail, Region::cn)] == Approx(0.15));
  CHECK(value[class_of(InvestorType::passive, Region::us)] == 0.0);
  catch_up_values(params, std::vector<double>{1.0}, value);
  CHECK(value[class_of(InvestorType::retail, Region::cn)] == Approx(0.2775));
  CHECK(params.gain(InvestorType::passive) == 0.0);
  CHECK(params.gain(InvestorType::arbitrageur) == 1.0);
  CHECK(params.gain(InvestorType::momentum) == params.gain(InvestorType::retail));
}
