#include "sim/model/research/release_choice.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

using namespace chokepoint;

namespace {

enum : std::size_t { closed, east, other };

/// A vendor of closed models and two of open ones.
Facts three_vendors() {
  Facts facts;
  const auto add = [&](const char* vendor, bool open) {
    Vendor maker;
    maker.id = vendor;
    facts.vendors.push_back(maker);
    AiModel model;
    model.id = std::string(vendor) + "-1";
    model.developer = vendor;
    model.open = open;
    facts.models.push_back(model);
  };
  add("closed", false);
  add("east", true);
  add("other", true);
  return facts;
}

struct Payoffs {
  std::vector<double> sovereign = std::vector<double>(3, 0.0);
  std::vector<double> finance = std::vector<double>(3, 0.0);
  std::vector<double> api = std::vector<double>(3, 0.0);
  std::vector<char> barred = std::vector<char>(3, 0);
};

constexpr std::uint32_t months = 4000;

/// [month][vendor]
std::vector<std::vector<char>> choices(const Facts& facts, const ReleaseParams& params,
                                       const Payoffs& payoffs) {
  const RandomStream random(7, 3);
  std::vector<std::vector<char>> all;
  for (std::uint32_t month = 0; month < months; ++month) {
    all.push_back(choose_publication(
        params, facts, {payoffs.sovereign, payoffs.finance, payoffs.api, payoffs.barred}, random, month));
  }
  return all;
}

double frequency(const std::vector<std::vector<char>>& all, std::size_t vendor) {
  double published = 0.0;
  for (const auto& month : all) published += month[vendor];
  return published / static_cast<double>(all.size());
}

}  // namespace

TEST_CASE("release choice: the chance of publication, by hand", "[unit]") {
  CHECK(publication_chance({}, 0.0, 0.0, 0.0) == Approx(0.9002495));  // logistic(2.2)
  CHECK(publication_chance({}, 1.0, 0.4, 0.5) == Approx(0.9168273));  // 2.2 + 1 + .5 .4 - 2 .5 = 2.4
  CHECK(publication_chance({}, 0.0, 0.0, 1.1) == Approx(0.5));        // 2.2 - 2.2
  CHECK(publication_chance({}, 0.0, -4.4, 0.0) == Approx(0.5));       // 2.2 - .5 4.4
  CHECK(publication_chance({}, 1.0, 0.0, 0.0) > publication_chance({}, 0.0, 0.0, 0.0));
  CHECK(publication_chance({}, 0.0, 1.0, 0.0) > publication_chance({}, 0.0, 0.0, 0.0));
  ReleaseParams half;
  half.endogenous = 0.5;
  CHECK(publication_chance(half, 0.0, 0.0, 1.1) == Approx(0.75));
  ReleaseParams off;
  off.endogenous = 0.0;
  CHECK(publication_chance(off, -1000.0, -1000.0, 1000.0) == 1.0);
  CHECK(publication_chance({}, 0.0, 0.0, 1000.0) < 1e-300);
}

TEST_CASE("release choice: frequencies follow the odds, payoffs move them", "[unit]") {
  const Facts facts = three_vendors();
  const auto usual = choices(facts, {}, {});
  CHECK(frequency(usual, east) == Approx(0.9002).margin(0.015));  // three standard errors
  CHECK(frequency(usual, other) == Approx(0.9002).margin(0.015));
  Payoffs api;
  api.api[east] = 0.8;  // log odds .6
  const auto tempted = choices(facts, {}, api);
  CHECK(frequency(tempted, east) == Approx(0.6457).margin(0.025));
  Payoffs feared;
  feared.sovereign[east] = 2.0;  // log odds 4.2
  CHECK(frequency(choices(facts, {}, feared), east) == Approx(0.9852).margin(0.006));
  for (std::uint32_t month = 0; month < months; ++month) {  // same draws: who is tempted only stops
    REQUIRE(tempted[month][east] <= usual[month][east]);
    REQUIRE(tempted[month][other] == usual[month][other]);
  }
}

TEST_CASE("release choice: switched off, all publish that no law bars", "[unit]") {
  const Facts facts = three_vendors();
  ReleaseParams off;
  off.endogenous = 0.0;
  Payoffs payoffs;
  payoffs.api = {1.0, 1.0, 1.0};
  CHECK(frequency(choices(facts, off, payoffs), east) == 1.0);
  payoffs.barred[east] = 1;
  CHECK(frequency(choices(facts, off, payoffs), east) == 0.0);
  CHECK(frequency(choices(facts, off, payoffs), other) == 1.0);
}

TEST_CASE("release choice: a barred vendor never publishes, whatever it would gain", "[unit]") {
  const Facts facts = three_vendors();
  Payoffs payoffs;
  payoffs.sovereign[east] = 100.0;
  payoffs.barred[east] = 1;
  const auto barred = choices(facts, {}, payoffs);
  CHECK(frequency(barred, east) == 0.0);
  CHECK(frequency(barred, other) == frequency(choices(facts, {}, {}), other));
}

TEST_CASE("release choice: who has no open model has nothing to publish", "[unit]") {
  CHECK(frequency(choices(three_vendors(), {}, {}), closed) == 0.0);
  CHECK(choose_publication({}, {}, {}, RandomStream(1, 1), 0).empty());
}

TEST_CASE("release choice: draws follow names, not places in the table", "[unit]") {
  const Facts facts = three_vendors();
  Facts turned = facts;
  std::swap(turned.vendors[east], turned.vendors[other]);
  const auto first = choices(facts, {}, {});
  const auto second = choices(turned, {}, {});
  for (std::uint32_t month = 0; month < months; ++month) REQUIRE(first[month][east] == second[month][other]);
  bool differ = false;  // and two vendors do not share one draw
  for (std::uint32_t month = 0; month < months; ++month) differ |= first[month][east] != first[month][other];
  CHECK(differ);
}
