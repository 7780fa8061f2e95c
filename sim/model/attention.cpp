#include "sim/model/attention.hpp"

#include "sim/base/math.hpp"

namespace chokepoint {

void AttentionParams::fields(FieldList& list, AttentionParams& p) {
  list.add("attention.notice", p.notice, "probability", 0, 1, "assumption: range .1-.6",
           "chance that a retail or momentum investor notices an event on all general front pages");
  list.add(
      "attention.new_money", p.new_money, "share of holdings", 0, 0.1,
      "assumption: 1e-4 to 1e-2; order of magnitude: a then record day of southbound net buying, HK$35.9 "
      "bn (https://reportify.ai/news/1155682727119425536), is .6 % of holdings of HK$6.3 trillion "
      "(https://reportify.ai/news/1188636014302859264)",
      "omega: share of an attentive investor's holdings in a market that moves into the line");
  list.add("attention.exit_depth", p.exit_depth, "share", 0, 1, "assumption",
           "cut of an attentive holder's odds on bad news");
  list.add("attention.half_life", p.half_life, "sessions", 0.5, 60, "assumption",
           "attention halves in this time");
  list.add("attention.exposure_scale", p.exposure_scale, "share", 0.01, 1, "assumption",
           "exposure from which a line is attended to in full");
  list.add("attention.clear_news", p.clear_news, "log points", 1e-6, 1, "assumption: range .003-.03",
           "news of value from which attention acts in full");
}

double attention_level(AttentionClass attention) {
  switch (attention) {
    case AttentionClass::none:
    case AttentionClass::trade_press:
      return 0.0;
    case AttentionClass::business_front_page:
    case AttentionClass::app_store_top3:
      return 0.5;
    case AttentionClass::general_front_pages:
      return 1.0;
  }
  return 0.0;
}

void notice(const AttentionParams& params, const Accounts& accounts, const RandomStream& random,
            const std::string& event, double attention, double weight,
            const std::array<bool, region_count>& may_buy, LineAttention& line) {
  const std::uint32_t step = identity_of(event);
  const double chance = params.notice * attention;
  if (!(chance > 0.0) || !(weight > 0.0)) return;
  if (!line.active()) line.level.assign(accounts.size, 0.0);
  for (const InvestorType type : {InvestorType::momentum, InvestorType::retail}) {
    for (std::size_t d = 0; d < region_count; ++d) {
      if (!may_buy[d]) continue;
      const ClassBlock& block = accounts.blocks[class_of(type, static_cast<Region>(d))];
      for (std::size_t i = block.begin; i < block.begin + block.count; ++i) {
        if (random.uniform(Decision::notices_event, accounts.identity[i], step) >= chance) continue;
        if (line.level[i] < weight) line.level[i] = weight;
      }
    }
  }
}

void fade(const AttentionParams& params, LineAttention& line) {
  if (!line.active()) return;
  const double keep = power(0.5, 1.0 / params.half_life);
  double largest = 0.0;
  for (double& level : line.level) {
    level *= keep;
    largest = level > largest ? level : largest;
  }
  if (largest < 1e-6) line.level.clear();
}

}  // namespace chokepoint
