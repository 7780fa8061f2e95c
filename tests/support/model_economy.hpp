/// A model economy to test the users of AI models in: three vendors, five models, four regions, two banks.
///
///   anthropic  US  closed fable-5 (10 % of its revenue) and opus (5 %); its terms leave out China and
///                  Hong Kong as places and Chinese headquarters; 47 bn USD a year, 30 m users
///   openai     US  closed gpt; the law of China forbids its use there
///   zhipu      CN  open glm-open and closed glm-closed; no limits
///   jpmorgan   US bank, desk in Hong Kong, reads terms pragmatically
///   goldman    US bank, desk in Hong Kong, reads terms strictly, has removed anthropic
#pragma once

#include <vector>

#include "sim/model/facts.hpp"

namespace chokepoint {

inline constexpr std::size_t anthropic = 0, openai = 1, zhipu = 2;
inline constexpr std::size_t fable = 0, opus = 1, gpt = 2, glm_open = 3, glm_closed = 4;
inline constexpr std::size_t economy_models = 5;

inline Vendor model_vendor(const std::string& id, std::size_t firm, Region home, double revenue_usd,
                           double users, std::int64_t research_staff, double foreign_staff_share) {
  Vendor vendor;
  vendor.id = id;
  vendor.firm = firm;
  vendor.home = home;
  vendor.revenue_usd = revenue_usd;
  vendor.users = users;
  vendor.research_staff = research_staff;
  vendor.foreign_staff_share = foreign_staff_share;
  return vendor;
}

inline void add_vendors(Facts& facts) {
  const std::size_t first = facts.firms.size();
  facts.firms.push_back({"anthropic", "Anthropic", Region::us, "lab", true, false, 900.0});
  facts.firms.push_back({"openai", "OpenAI", Region::us, "lab", true, false, 850.0});
  facts.firms.push_back({"zhipu", "Zhipu", Region::cn, "lab", true, false, 70.0});
  facts.vendors = {model_vendor("anthropic", first, Region::us, 47e9, 30e6, 2000, 0.4),
                   model_vendor("openai", first + 1, Region::us, 30e9, 900e6, 3000, 0.4),
                   model_vendor("zhipu", first + 2, Region::cn, 1e9, 10e6, 1000, 0.05)};
  facts.vendors[anthropic].place[index(Region::cn)] = Denial::terms_place;
  facts.vendors[anthropic].place[index(Region::hk)] = Denial::terms_place;
  facts.vendors[anthropic].owner[index(Region::cn)] = Denial::terms_ownership;
  facts.vendors[openai].place[index(Region::cn)] = Denial::law;
  const Date released = make_date(2026, 4, 1);
  facts.models = {{"fable-5", "anthropic", released, false, false, 163.0, 20.0},
                  {"opus", "anthropic", released, false, false, 158.0, 10.0},
                  {"gpt", "openai", released, false, false, 162.0, 15.0},
                  {"glm-open", "zhipu", released, true, true, 151.0, 1.0},
                  {"glm-closed", "zhipu", released, false, false, 150.0, 2.0}};
  facts.exposures.push_back({"anthropic", Channel::target, "fable-5", 0.10});
  facts.exposures.push_back({"anthropic", Channel::target, "opus", 0.05});
}

/// Nationalities are US, CN, HK, IN, ROW; headquarters US, CN, HK, ROW.
inline void add_enterprises(Facts& facts) {
  facts.workforce = {{{{.80, .02, .00, .06, .12}, {.85, .01, .01, .13}, .50},
                      {{.00, .97, .01, .00, .02}, {.05, .85, .05, .05}, .20},
                      {{.02, .10, .80, .02, .06}, {.25, .25, .35, .15}, .05},
                      {{.03, .04, .01, .12, .80}, {.20, .03, .02, .75}, .25}}};
  facts.bank_desks = {
      {"jpmorgan", "JPMorgan", Region::us, Region::hk, 3000, Reading::pragmatic, {}},
      {"goldman", "Goldman Sachs", Region::us, Region::hk, 2000, Reading::strict, {"anthropic"}}};
  using enum ProductKind;
  facts.usage = {{Region::us, "anthropic", closed, .30},
                 {Region::us, "openai", closed, .40},
                 {Region::us, "zhipu", open_hosted, .05},
                 {Region::us, "", open_on_premise, .05},
                 {Region::us, "", none, .20},
                 {Region::cn, "zhipu", closed, .30},
                 {Region::cn, "zhipu", open_hosted, .30},
                 {Region::cn, "", open_on_premise, .20},
                 {Region::cn, "", none, .20},
                 {Region::hk, "anthropic", closed, .10},
                 {Region::hk, "openai", closed, .40},
                 {Region::hk, "zhipu", closed, .10},
                 {Region::hk, "zhipu", open_hosted, .10},
                 {Region::hk, "", open_on_premise, .10},
                 {Region::hk, "", none, .20},
                 {Region::row, "anthropic", closed, .20},
                 {Region::row, "openai", closed, .40},
                 {Region::row, "zhipu", open_hosted, .10},
                 {Region::row, "", open_on_premise, .10},
                 {Region::row, "", none, .20}};
}

inline Facts economy_facts() {
  Facts facts;
  facts.as_of = make_date(2026, 6, 12);
  add_vendors(facts);
  add_enterprises(facts);
  return facts;
}

}  // namespace chokepoint
