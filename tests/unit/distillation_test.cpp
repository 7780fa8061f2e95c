#include "sim/model/research/distillation.hpp"

#include <catch2/catch.hpp>

#include "sim/model/events/distillation_policing.hpp"

using namespace chokepoint;

namespace {

enum : std::size_t { west, rival, east, south };

/// Four vendors: two American ones with closed models of 160 and 155 points, a Chinese one with an open
/// model, a European one with a weak closed model. West serves nobody in China and nobody owned from there.
Facts four_vendors() {
  Facts facts;
  facts.as_of = make_date(2026, 6, 12);
  const auto add = [&](const char* vendor, Region home, const char* id, bool open, double capability) {
    Vendor maker;
    maker.id = vendor;
    maker.home = home;
    facts.vendors.push_back(maker);
    AiModel model;
    model.id = id;
    model.developer = vendor;
    model.released = make_date(2026, 5, 1);
    model.open = open;
    model.capability = capability;
    model.price = 1.0;
    facts.models.push_back(model);
  };
  add("west", Region::us, "west-1", false, 160.0);
  add("rival", Region::us, "rival-1", false, 155.0);
  add("east", Region::cn, "east-1", true, 150.0);
  add("south", Region::row, "south-1", false, 140.0);
  facts.vendors[west].place[index(Region::cn)] = Denial::terms_place;
  facts.vendors[west].owner[index(Region::cn)] = Denial::terms_ownership;
  return facts;
}

struct World {
  Facts facts = four_vendors();
  std::vector<char> released{1, 1, 1, 1};
  std::vector<char> stopped{0, 0, 0, 0};
  std::vector<PersonOrder> orders;

  std::vector<double> access(std::span<const double> measured = {}) const {
    CapabilityParams params;
    params.proxy_access = 0.4;
    return frontier_access(params, facts, make_access(facts, released, orders, stopped), released, measured);
  }
};

PersonOrder only_americans(std::size_t model) {
  PersonOrder order;
  order.models = {model};
  order.permitted[index(Nationality::us)] = true;
  return order;
}

std::vector<std::string> complaints(const std::string& actor, double level) {
  Announcement said;
  said.actor = actor;
  Problems problems;
  EventProblems found(problems, {}, "said");
  DistillationPolicing what;
  what.level = level;
  what.check(four_vendors(), said, found);
  std::vector<std::string> messages;
  for (const auto& error : problems.errors()) messages.push_back(error.substr(error.find("event '")));
  return messages;
}

}  // namespace

TEST_CASE("distillation: whom terms leave out queries by proxy, all others freely", "[unit]") {
  CHECK(World{}.access() == std::vector<double>{1.0, 1.0, 0.4, 1.0});
  World open_terms;
  open_terms.facts.vendors[west].place = {};
  open_terms.facts.vendors[west].owner = {};
  CHECK(open_terms.access()[east] == 1.0);
}

TEST_CASE("distillation: the frontier is another vendor's best closed model as of today", "[unit]") {
  World world;
  world.orders = {only_americans(0)};  // bars foreigners from west-1 only
  CHECK(world.access() == std::vector<double>{1.0, 1.0, 0.4, 0.4});
  // Once the rival leads, the order on west-1 binds only the rival's own frontier, and the rival is American.
  CHECK(world.access(std::vector<double>{160.0, 161.0, 150.0, 140.0}) == std::vector<double>(4, 1.0));
  world.released[0] = 0;
  CHECK(world.access() == std::vector<double>(4, 1.0));
}

TEST_CASE("distillation: nobody queries what is served to nobody, or what is not there", "[unit]") {
  World world;
  world.stopped[0] = 1;
  CHECK(world.access() == std::vector<double>{1.0, 0.0, 0.0, 0.0});  // west itself looks at its rival
  for (AiModel& model : world.facts.models) model.open = true;
  CHECK(world.access() == std::vector<double>(4, 0.0));
}

TEST_CASE("distillation: an order that is served to the permitted leaves proxies, unlike a stop", "[unit]") {
  World world;
  world.facts.vendors[west].place = {};
  world.facts.vendors[west].owner = {};
  CHECK(world.access()[east] == 1.0);
  world.orders = {only_americans(0)};
  CHECK(world.access()[east] == 0.4);
  world.stopped[0] = 1;
  CHECK(world.access()[east] == 0.0);
}

TEST_CASE("distillation: a firm polices its own models, a government those of its region", "[unit]") {
  const Facts facts = four_vendors();
  Policing policing;
  CHECK(policing_of(facts, policing, west) == 0.0);
  change_policing({"of-west", west, Region::us, 0.25}, policing);
  CHECK(policing_of(facts, policing, west) == 0.25);
  CHECK(policing_of(facts, policing, rival) == 0.0);
  change_policing({"of-us", Facts::npos, Region::us, 0.5}, policing);
  CHECK(policing_of(facts, policing, west) == 0.5);  // the highest, not the sum
  CHECK(policing_of(facts, policing, rival) == 0.5);
  CHECK(policing_of(facts, policing, south) == 0.0);
  CHECK(policing_of(facts, policing, Facts::npos) == 0.0);
}

TEST_CASE("distillation: a later level replaces that of the same measure or actor only", "[unit]") {
  const Facts facts = four_vendors();
  Policing policing;
  change_policing({"of-west", west, Region::us, 1.0}, policing);
  change_policing({"of-us", Facts::npos, Region::us, 0.5}, policing);
  change_policing({"of-row", Facts::npos, Region::row, 0.75}, policing);
  change_policing({"of-west-again", west, Region::us, 0.25}, policing);
  CHECK(policing.in_force.size() == 3);
  CHECK(policing_of(facts, policing, west) == 0.5);
  change_policing({"of-us-again", Facts::npos, Region::us, 0.0}, policing);
  CHECK(policing.in_force.size() == 2);
  CHECK(policing_of(facts, policing, west) == 0.25);
  CHECK(policing_of(facts, policing, rival) == 0.0);
  CHECK(policing_of(facts, policing, south) == 0.75);
}

TEST_CASE("distillation: policing and lost access cut what rivals take, in proportion", "[unit]") {
  const Facts facts = four_vendors();
  const auto taken = [&](double access, double policing) {
    CapabilityParams params;
    params.progress = 0.0;
    Capability capability = initial_capability(params, facts);
    const std::vector<double> productive(4, 1.0), shares(4, access);
    return step_capability(params, facts, {productive, {}, {}, shares, policing, {}}, 1.0, capability)
        .distilled;
  };
  CHECK(taken(1.0, 0.0)[east] == Approx(0.03 * 10.0));
  CHECK(taken(0.4, 0.0)[east] == Approx(0.4 * 0.3));
  CHECK(taken(0.4, 0.75)[east] == Approx(0.25 * 0.12));
  CHECK(taken(1.0, 0.0)[west] == 0.0);  // ahead of all others
  CHECK(taken(1.0, 0.0)[rival] == Approx(0.03 * 5.0));
  CHECK(taken(1.0, 1.0) == std::vector<double>(4, 0.0));  // exactly
  CHECK(taken(0.0, 0.0) == std::vector<double>(4, 0.0));
}

TEST_CASE("distillation: the share of progress that was distilled", "[unit]") {
  //                         own         diffused    distilled   induced     from compute
  const ResearchGains gains{{4.0, 0.0}, {2.0, 0.0}, {1.0, 0.0}, {0.5, 0.0}, {2.5, -3.0}};
  CHECK(distilled_share(gains, 0) == Approx(0.1));
  CHECK(distilled_share(gains, 1) == 0.0);
  const ResearchGains less_compute{{4.0}, {2.0}, {1.0}, {1.0}, {-7.5}};
  CHECK(distilled_share(less_compute, 0) == Approx(1.0 / 8.0));
}

TEST_CASE("distillation: policing is announced by a vendor with a closed model or by a government",
          "[unit]") {
  CHECK(complaints("firm:west", 0.5).empty());
  CHECK(complaints("regulator:us-bis", 0.0).empty());
  CHECK(complaints("firm:west", 0.3) ==
        std::vector<std::string>{"event 'said': 'level' is none of: 0, 0.25, 0.5, 0.75, 1"});
  CHECK(complaints("firm:east", 1.0) ==
        std::vector<std::string>{"event 'said': 'east' has no closed model (there is nothing to police)"});
  CHECK(
      complaints("firm:wset", 1.0) ==
      std::vector<std::string>{"event 'said': unknown vendor 'wset' (not in the data) did you mean 'west'?"});
}
