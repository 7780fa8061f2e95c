#include "sim/model/tick.hpp"

#include "sim/base/error.hpp"
#include "sim/model/accounting.hpp"
#include "sim/model/financing.hpp"
#include "sim/model/index_reviews.hpp"
#include "sim/model/market_session.hpp"
#include "sim/model/primary_market.hpp"

namespace chokepoint {
namespace {

void begin_day(World& world, const Plan& plan, std::size_t day) {
  world.day = day;
  world.quota_used = 0;
  world.flows.clear();
  for (std::size_t k = 0; k < world.lines; ++k) {
    if (world.listed[k]) world.status[k] = LineStatus::closed;
  }
  if (plan.calendar->days()[day].new_week) world.chord = {};
}

void draw_noise(World& world, const Parameters& params, const RandomStream& random) {
  step_noise(params.noise, *world.facts, random, static_cast<std::uint32_t>(world.day), world.noise_scale,
             {world.noise_shifter, world.noise_variance, world.noise_shock});
}

/// News of the other sign ends the attention that a line still has.
void end_attention(World& world, std::size_t line, bool leaving) {
  LineAttention& attention = world.attention[line];
  if (attention.active() && attention.leaving != leaving) attention.level.clear();
}

void learn(World& world, const BeliefParams& params, const ValueNews& news) {
  world.full_value[news.line] += news.change;
  for (std::size_t g = 0; g < class_count; ++g) {
    world.value[news.line * class_count + g] += params.gain(type_of_class(g)) * news.change;
  }
}

/// Announced news of value of a vendor's own firm, for the slow news that follows (slow_news.hpp).
void remember_priced(World& world, std::size_t firm, double change) {
  for (std::size_t v = 0; v < world.economy.priced.size(); ++v) {
    if (world.facts->vendors[v].firm == firm) world.economy.priced[v] += change;
  }
}

/// The economy's day, and what it reports of vendors' revenue to those who hold their shares.
void run_economy(World& world, const Parameters& params, const RandomStream& random, const Plan& plan,
                 const Verbs::Done& done) {
  if (!world.economy.active) return;
  const TradingDay& today = plan.calendar->days()[world.day];
  const std::vector<double> values = vendor_values(world);
  const EconomyDay day{
      *world.facts,           params, *plan.setup, random, world.day, today.date, today.new_week, values,
      world.financing.factor, &done};
  const std::vector<double> news = step_economy(day, plan.economy, world.economy);
  for (std::size_t v = 0; v < news.size(); ++v) {
    const std::size_t firm = world.facts->vendors[v].firm;
    if (!world.facts->firms[firm].listed) world.mark_change[firm] += news[v];
    for (std::size_t k = 0; k < world.lines; ++k) {
      if (world.facts->lines[k].firm == firm) learn(world, params.beliefs, {{}, k, news[v]});
    }
  }
}

void attend(World& world, const AttentionParams& params, const RandomStream& random,
            const AttentionNews& news) {
  const CapitalRules& rules = world.capital;
  ByDomicile may_buy = rules.may_buy[news.line];
  for (std::size_t d = 0; d < region_count; ++d) {
    if (news.leaving) may_buy[d] = may_buy[d] || rules.sell_only[news.line][d];
    may_buy[d] = may_buy[d] && !barred(world, news.line, static_cast<Region>(d));
  }
  LineAttention& line = world.attention[news.line];
  end_attention(world, news.line, news.leaving);
  line.leaving = news.leaving;
  notice(params, world.population.accounts, random, news.event, news.attention, news.weight, may_buy, line);
}

/// A firm's news reaches all of its lines; it is counted at the first.
bool is_first_line(const Facts& facts, std::size_t line) {
  for (std::size_t k = 0; k < line; ++k) {
    if (facts.lines[k].firm == facts.lines[line].firm) return false;
  }
  return facts.lines[line].firm != Line::npos;
}

/// Sum of what is heard of a line at once.
double net_news(const Plan& plan, std::size_t line, const Arrival& now) {
  double sum = 0.0;
  for (const ValueNews& news : plan.values) {
    if (news.when == now && news.line == line) sum += news.change;
  }
  return sum;
}

void hear(World& world, const Parameters& params, const RandomStream& random, const Plan& plan,
          const Arrival& now) {
  for (const BanNews& news : plan.bans) {
    if (news.when == now) world.bans.push_back(news.ban);
  }
  for (const ValueNews& news : plan.values) {
    if (!(news.when == now)) continue;
    learn(world, params.beliefs, news);
    if (is_first_line(*world.facts, news.line)) {
      remember_priced(world, world.facts->lines[news.line].firm, news.change);
    }
    const double net = net_news(plan, news.line, now);
    if (net != 0.0) end_attention(world, news.line, net < 0.0);
  }
  for (const MarkNews& news : plan.marks) {
    if (!(news.when == now)) continue;
    world.mark_change[news.firm] += news.change;
    remember_priced(world, news.firm, news.change);
  }
  for (const AttentionNews& news : plan.notices) {
    if (news.when == now) attend(world, params.attention, random, news);
  }
}

void close_day(World& world, const Parameters& params, const Plan& plan) {
  const TradingDay& today = plan.calendar->days()[world.day];
  step_momentum(params.momentum, world.previous_close, world.log_price, world.momentum);
  world.previous_close = world.log_price;
  std::vector<double> float_cap(world.lines);
  for (std::size_t k = 0; k < world.lines; ++k) float_cap[k] = world.float_cap_usd(k);
  step_slow_capital(params.slow_capital, *world.facts, world.value, world.log_price, float_cap, world.taste);
  for (std::size_t k = 0; k < world.lines; ++k) {
    bool open = false;
    for (const auto& lines : today.open_lines)
      open = open || std::binary_search(lines.begin(), lines.end(), k);
    if (open) fade(params.attention, world.attention[k]);
  }
}

}  // namespace

void tick(World& world, const Parameters& params, const RandomStream& random, const Plan& plan,
          std::size_t day, const VerbObserver& observer) {
  Verbs::Done done;
  if (observer) done = [&](std::string_view name) { observer(world, name); };
  const Verbs verb(&done);
  verb("begin_day", [&] { begin_day(world, plan, day); });
  verb("apply_capital_rules", [&] { apply_capital_rules(world, params, random, plan); });
  verb("expire_lock_ups", [&] { expire_lock_ups(world, params.lock_ups, plan); });
  verb("deliver_offers", [&] { deliver_offers(world, params, random, plan); });
  verb("raise_money", [&] { raise_money(world, params, plan); });
  verb("review_indices", [&] { review_indices(world, plan); });
  verb("run_economy", [&] { run_economy(world, params, random, plan, done); });
  verb("catch_up_values", [&] { catch_up_values(params.beliefs, world.full_value, world.value); });
  verb("draw_noise", [&] { draw_noise(world, params, random); });
  for (const Session session : {Session::a, Session::b}) {
    const int rounds = plan.calendar->days()[day].rounds[index(session)];
    for (int round = 0; round < rounds; ++round) {
      verb("hear", session, round, [&] { hear(world, params, random, plan, {day, session, round}); });
      verb("clear_market", session, round, [&] { clear_market(world, params, plan, session, round); });
    }
  }
  verb("close_day", [&] { close_day(world, params, plan); });
  verb("audit", [&] { audit(world, plan.calendar->days()[day].date); });
}

}  // namespace chokepoint
