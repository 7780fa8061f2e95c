// Each mechanism of the economy can be switched off by a parameter: then what it does not feed is the same
// bits, and switched on it moves at least one thing that is named here.
#include <algorithm>

#include "sim/base/math.hpp"
#include "tests/support/economy_run.hpp"

using namespace chokepoint;

namespace {

constexpr std::size_t first = 5;  // Monday 22 June 2026
constexpr std::size_t end = 40;   // Monday 10 August
constexpr std::size_t days = 50;
constexpr std::size_t us = index(Region::us);

/// Researchers do not care for access, so that they are no way from one mechanism to another.
Parameters indifferent_researchers() {
  Parameters params = plain_economy();
  params.talent.access_weight = 0.0;
  return params;
}

EconomyRun with_order(const Parameters& params) {
  EconomyRun run(params);
  run.fable_order(first, end);
  return run;
}

/// A bank in Hong Kong takes anthropic off its list.
EconomyRun with_ban(const Parameters& params) {
  EconomyRun run(params);
  run.on(first, VendorRemoved{"jpmorgan", run.vendor("anthropic"), Region::hk});
  return run;
}

double listless(const EconomyRun& run) {
  double weight = 0.0;
  const Enterprises& all = run.economy.enterprises;
  for (std::size_t i = 0; i < all.size(); ++i) weight += all.removed[i] != 0 ? all.weight[i] : 0.0;
  return weight;
}

double staff_of(const EconomyRun& run, const std::string& vendor) {
  double persons = 0.0;
  for (const std::int64_t n : run.economy.talent.staff[run.vendor(vendor)]) persons += static_cast<double>(n);
  return persons;
}

}  // namespace

TEST_CASE("switch: vendors' decisions", "[unit][economy]") {
  Parameters params = indifferent_researchers();
  const Parameters stops = params;
  params.vendors.verification[0].accuracy = 0.999;
  {
    EconomyRun on = with_order(stops), off = with_order(params);
    Names fed = of_enterprises();
    fed.insert({"stopped", "access", "hazard"});
    CHECK(without(differing(on, off, first + 1), fed) == Names{});
    CHECK(moved(on.fable_served(Nationality::us), off.fable_served(Nationality::us)));
    CHECK(without(differing(on, off, days - first - 1), fed) == Names{});
    CHECK(off.economy.stopped == std::vector<char>(off.facts.models.size(), 0));
  }
  EconomyRun on(stops), off(params);
  CHECK(differing(on, off, days) == Names{});
}

TEST_CASE("switch: denial hazard", "[unit][economy]") {
  Parameters params = plain_economy();
  EconomyRun on = with_order(params);
  params.denial_hazard.jump = 0.0;
  EconomyRun off = with_order(params);
  Names fed = of_enterprises();
  fed.insert("hazard");
  CHECK(without(differing(on, off, days), fed) == Names{});
  CHECK(moved(on.economy.hazard[us][us], 0.0));
  CHECK(off.economy.hazard == DenialHazard{});
}

TEST_CASE("switch: hazard aversion, and with it the sovereign premium", "[unit][economy]") {
  Parameters params = plain_economy();
  params.enterprises.tastes.hazard_aversion = 5.0;
  EconomyRun on = with_order(params);
  params.enterprises.tastes.hazard_aversion = 0.0;
  EconomyRun off = with_order(params);
  params.denial_hazard.jump = 0.0;
  EconomyRun fearless = with_order(params);
  for (std::size_t i = 0; i < days; ++i) {
    on.day();
    off.day();
    fearless.day();
    REQUIRE(without(differing(on.economy, off.economy), of_enterprises()) == Names{});
    REQUIRE(without(differing(off.economy, fearless.economy), {"hazard", "indicators"}) == Names{});
    REQUIRE(off.economy.premium == std::vector<double>(off.facts.vendors.size(), 0.0));
  }
  CHECK(on.economy.premium[on.vendor("anthropic")] < -1e-6);
  CHECK(on.economy.premium[on.vendor("zhipu")] > 1e-6);
  CHECK(moved(revenue_ratio(on.economy, on.vendor("anthropic")),
              revenue_ratio(off.economy, off.vendor("anthropic"))));
}

TEST_CASE("switch: peer imitation", "[unit][economy]") {
  Parameters params = plain_economy();
  params.enterprises.lists.peer_imitation = 2.0;
  params.enterprises.lists.review_latency = 5.0;
  EconomyRun on = with_ban(params);
  params.enterprises.lists.peer_imitation = 0.0;
  EconomyRun off = with_ban(params);
  off.run(first);
  const std::vector<ProductSet> before = off.economy.enterprises.removed;
  off.day();
  std::size_t banned = 0;
  for (std::size_t i = 0; i < before.size(); ++i) banned += before[i] != off.economy.enterprises.removed[i];
  CHECK(banned == 1);  // the desk of the bank that announced it
  on.run(first + 1);
  const std::vector<ProductSet> announced = off.economy.enterprises.removed;
  Names fed = of_enterprises();
  fed.insert("lists");
  CHECK(without(differing(on, off, days - first - 1), fed) == Names{});
  CHECK(off.economy.enterprises.removed == announced);
  CHECK(moved(listless(on), listless(off)));
}

TEST_CASE("switch: reviews of the product in use", "[unit][economy]") {
  Parameters params = plain_economy();
  EconomyRun on(params);
  params.enterprises.switching.review_rate = 0.0;
  EconomyRun off(params);
  const std::vector<std::size_t> at_start = off.economy.enterprises.product;
  CHECK(without(differing(on, off, days), of_enterprises()) == Names{});
  CHECK(off.economy.enterprises.product == at_start);
  CHECK(on.economy.enterprises.product != at_start);
  CHECK(moved(on.economy.usage.vendor_spend[on.vendor("openai") * region_count + us],
              off.economy.usage.vendor_spend[off.vendor("openai") * region_count + us]));
}

TEST_CASE("switch: without reviews those alone move who lose the product", "[unit][economy]") {
  Parameters params = plain_economy();
  params.enterprises.switching.review_rate = 0.0;
  EconomyRun run(params);
  PersonOrder everything = order_for(run.facts, {}, Nationality::us);
  for (std::size_t m = 0; m < run.facts.models.size(); ++m) {
    if (run.facts.models[m].developer == "anthropic") everything.models.push_back(m);
  }
  run.order(first, everything);
  const std::vector<std::size_t> before = run.economy.enterprises.product;
  const std::size_t gone =
      product_of(run.setup.enterprises.products, run.vendor("anthropic"), ProductKind::closed);
  run.run(days);
  std::size_t forced = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    REQUIRE((run.economy.enterprises.product[i] != before[i]) == (before[i] == gone));
    forced += before[i] == gone;
  }
  CHECK(forced > 0);
  CHECK(revenue_ratio(run.economy, run.vendor("anthropic")) == 0.0);
}

TEST_CASE("switch: token prices", "[unit][economy]") {
  Parameters params = plain_economy();
  EconomyRun on(params);
  params.token_prices.adjustment = 0.0;
  EconomyRun off(params);
  const std::vector<double> list = off.economy.price;
  Names fed = of_enterprises();
  fed.insert("prices");
  CHECK(without(differing(on, off, days), fed) == Names{});
  CHECK(off.economy.price == list);
  double fall = 0.0;
  for (std::size_t m = 0; m < list.size(); ++m) fall = std::max(fall, list[m] - on.economy.price[m]);
  CHECK(fall > 1e-6);
}

TEST_CASE("switch: quits over a lock-out", "[unit][economy]") {
  Parameters params = indifferent_researchers();
  params.talent.lock_out_productivity_loss = 0.0;
  params.talent.lock_out_quit_hazard = 0.0;
  EconomyRun off = with_order(params), no_order(params);
  const Names of_law{"orders", "regulators", "stopped", "access", "hazard"};
  Names fed = of_enterprises();
  fed.insert(of_law.begin(), of_law.end());
  CHECK(without(differing(off, no_order, days), fed) == Names{});  // places and staff are those without order

  params.talent.lock_out_quit_hazard = 0.2;
  EconomyRun on = with_order(params), again = with_order(params);
  again.params.talent.lock_out_quit_hazard = 0.0;
  CHECK(without(differing(on, again, days), {"staff", "places"}) == Names{});
  CHECK(moved(staff_of(on, "anthropic"), staff_of(again, "anthropic")));
}

TEST_CASE("switch: what a lock-out costs in productivity", "[unit][economy]") {
  Parameters params = indifferent_researchers();
  params.talent.lock_out_quit_hazard = 0.0;
  EconomyRun on = with_order(params);
  params.talent.lock_out_productivity_loss = 0.0;
  EconomyRun off = with_order(params), no_order(params);
  for (std::size_t i = 0; i < days; ++i) {
    on.day();
    off.day();
    no_order.day();
    REQUIRE(off.economy.capability.latent == no_order.economy.capability.latent);
  }
  const std::size_t v = on.vendor("anthropic");
  CHECK(on.economy.capability.latent[v] < off.economy.capability.latent[v] - 1e-6);
  CHECK(on.economy.capability.latent[on.vendor("openai")] ==
        off.economy.capability.latent[off.vendor("openai")]);
  CHECK(without(differing(on.economy, off.economy), {"capability"}).count("places") == 0);
}

TEST_CASE("economy: a lock-out that ends before the month does costs the part of it that it lasted",
          "[unit][economy]") {
  Parameters params = indifferent_researchers();
  params.talent.lock_out_quit_hazard = 0.0;
  EconomyRun on(params), no_order(params);
  const std::size_t july = on.calendar.first_day_from(make_date(2026, 7, 1));
  on.order(0, order_for(on.facts, {"fable-5"}, Nationality::us));
  on.on(july, OrderEnds{"order"});  // on the morning of the monthly step
  for (std::size_t i = 0; i <= july; ++i) {
    on.day();
    no_order.day();
  }
  const std::size_t v = on.vendor("anthropic");
  CHECK(on.economy.orders.empty());
  CHECK(on.economy.capability.latent[v] < no_order.economy.capability.latent[v] - 1e-3);
}

TEST_CASE("switch: access in the choice of a place", "[unit][economy]") {
  Parameters params = plain_economy();
  params.talent.lock_out_quit_hazard = 0.0;
  params.talent.access_weight = 0.0;
  EconomyRun off = with_order(params), no_order(params);
  const Names apart = differing(off, no_order, days);
  CHECK(apart.count("places") == 0);
  CHECK(apart.count("staff") == 0);

  params.talent.access_weight = 3.0;
  params.talent.search_rate = 0.2;
  EconomyRun on = with_order(params), same_pulls = with_order(params);
  same_pulls.params.talent.access_weight = 0.0;
  Names fed = of_enterprises();
  fed.insert({"places", "staff", "capability", "prices"});
  CHECK(without(differing(on, same_pulls, days), fed) == Names{});
  CHECK(on.economy.talent.stock != same_pulls.economy.talent.stock);
}

TEST_CASE("switch: diffusion of what is public", "[unit][economy]") {
  Parameters params = indifferent_researchers();
  params.capability.progress = 0.0;
  EconomyRun on(params);
  params.capability.diffusion = 0.0;
  EconomyRun off(params);
  const std::vector<double> at_start = off.economy.capability.latent;
  Names fed = of_enterprises();
  fed.insert({"capability", "prices"});
  CHECK(without(differing(on, off, days), fed) == Names{});
  CHECK(off.economy.capability.latent == at_start);
  const double best = best_open(on.facts, on.economy.capability);
  for (std::size_t v = 0; v < at_start.size(); ++v) {
    CAPTURE(on.facts.vendors[v].id);
    if (at_start[v] == 0.0) continue;
    CHECK(moved(on.economy.capability.latent[v], at_start[v]) == (at_start[v] < best));
  }
}

TEST_CASE("switch: vendors' own progress", "[unit][economy]") {
  Parameters params = indifferent_researchers();
  params.capability.diffusion = 0.0;
  params.capability.staff_weight = 0.0;  // moves of researchers count for nothing
  EconomyRun on(params);
  params.capability.progress = 0.0;
  EconomyRun off(params);
  // Without it no vendor is ahead of what it sells: the state at T0 differs, too.
  const std::vector<double> at_start = off.economy.capability.latent;
  Names fed = of_enterprises();
  fed.insert({"capability", "prices"});
  CHECK(without(differing(on, off, days), fed) == Names{});
  CHECK(off.economy.capability.latent == at_start);
  const std::size_t v = on.vendor("anthropic");
  // 2 points a month from the release on 9 June: to T0, to 1 July, to the first trading day of August.
  const double months = (3.0 + 19.0 + 33.0) / days_per_month;
  CHECK(on.economy.capability.latent[v] == Approx(at_start[v] + 2.0 * months));
}

TEST_CASE("switch: slow news", "[unit][economy]") {
  Parameters params = plain_economy();
  EconomyRun on = with_order(params);
  params.slow_news.loading = 0.0;
  EconomyRun off = with_order(params);
  double heard = 0.0;
  for (std::size_t day = 0; day < days; ++day) {
    CAPTURE(day);
    const std::vector<double> news = on.day(), none = off.day();
    const bool report = day == 12 || day == 35;  // 1 July and, a Monday, 3 August
    REQUIRE(news.empty() != report);
    for (const double points : news) heard = std::max(heard, std::fabs(points));
    REQUIRE(none == std::vector<double>(report ? none.size() : 0, 0.0));
    REQUIRE(without(differing(on.economy, off.economy), {"reports"}) == Names{});
  }
  CHECK(heard > 1e-6);
}
