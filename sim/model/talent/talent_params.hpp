/// Parameters of researchers' choices, rules on their moves, entry and exit; names begin with `talent.`.
///
/// Rates that are given per month or per year apply by week: p = 1 - (1 - rate)^(period in weeks).
/// Tests: tests/unit/talent_migration_test.cpp (every corner of the ranges can be fitted).
#pragma once

#include <cstdint>

#include "sim/base/field.hpp"
#include "sim/base/math.hpp"

namespace chokepoint {

inline constexpr double weeks_per_year = 365.25 / 7.0;

struct TalentParams {
  double search_rate = 0.045;               ///< p, by month (migration_costs.hpp)
  double wage_elasticity = 1.1;             ///< b_w (mobility.hpp)
  double compute_elasticity = 0.2;          ///< b_c
  double access_weight = 0.5;               ///< b_q
  double network_weight = 0.3;              ///< b_n
  double frontier_weight = 0.3;             ///< b_f
  double lock_out_quit_hazard = 0.02;       ///< lock_out.hpp
  double lock_out_productivity_loss = 0.1;  ///< lock_out.hpp
  double entry_rate = 0.14;                 ///< cohorts.hpp
  double retirement_rate = 0.03;            ///< cohorts.hpp
  double agents = 20000;                    ///< nearly; every occupied cell has one
  double hong_kong_agents = 400;            ///< at least so many there
  double rule_enforcement = 1;              ///< w (entry_rules.hpp)
  double pay_usd = 400000;                  ///< pay
  double fee_years = 3;                     ///< years
  double equity_share = 0.5;                ///< e (equity_pay.hpp)
  double scheme_share = 0.5;                ///< entry_rules.hpp
  double scheme_renewal = 0.53;             ///< entry_rules.hpp

  double weekly_search() const { return 1.0 - power(1.0 - search_rate, 12.0 / weeks_per_year); }
  double weekly_retirement() const { return 1.0 - power(1.0 - retirement_rate, 1.0 / weeks_per_year); }
  double weekly_quit() const { return 1.0 - power(1.0 - lock_out_quit_hazard, 12.0 / weeks_per_year); }
  /// [share] of a stock in steady growth that entered in the last week.
  double weekly_renewal() const {
    const double entry = entry_rate / weeks_per_year;
    return entry / (1.0 + entry - weekly_retirement());
  }

  static void fields(FieldList& list, TalentParams& p) {
    add_choice_fields(list, p);
    add_population_fields(list, p);
    add_rule_fields(list, p);
  }

 private:
  static void add_choice_fields(FieldList& list, TalentParams& p) {
    list.add("talent.search_rate", p.search_rate, "1/month", 0.025, 0.2,
             "assumption: of the order of the share of employed persons who look for another job "
             "(https://ritholtz.com/2015/04/majority-of-hires-never-report-looking-for-a-job says common, "
             "without the figure)",
             "chance that a researcher compares places in a month");
    list.add("talent.wage_elasticity", p.wage_elasticity, "1", 0.6, 2,
             "derived from elasticities .03 (domestic) and about 1 (foreign): "
             "https://econpapers.repec.org/article/aeaaecrev/v_3a106_3ay_3a2016_3ai_3a10_3ap_3a2930-81.htm",
             "b_w: utility per log point of net pay");
    list.add("talent.compute_elasticity", p.compute_elasticity, "1", 0, 1, "assumption",
             "b_c: utility per log point of compute per researcher");
    list.add("talent.access_weight", p.access_weight, "1", 0, 3, "assumption",
             "b_q: utility of the whole of the frontier's capability against none of it");
    list.add("talent.network_weight", p.network_weight, "1", 0, 0.6, "assumption",
             "b_n: utility per log point of the number of compatriots in a place");
    list.add("talent.frontier_weight", p.frontier_weight, "1", 0, 1, "assumption",
             "b_f: utility, to the top tenth, of a place with a frontier employer against one without");
    list.add("talent.lock_out_quit_hazard", p.lock_out_quit_hazard, "1/month", 0, 0.5, "assumption",
             "chance that an employee barred from the employer's models quits in a month; 0: nobody does");
    list.add("talent.lock_out_productivity_loss", p.lock_out_productivity_loss, "share", 0, 0.36,
             "assumption between none and the gain in an experiment on code (56 percent faster: 1 - 1/1.56)",
             "output that an employee barred from the employer's models loses");
  }
  static void add_population_fields(FieldList& list, TalentParams& p) {
    list.add("talent.entry_rate", p.entry_rate, "1/year", 0.03, 0.2,
             "assumption: China's count rose fivefold from 2015 to 2024, others' less "
             "(https://m.economidaily.com/view/20250706160070590)",
             "researchers who enter in a year per researcher at T0");
    list.add("talent.retirement_rate", p.retirement_rate, "1/year", 0.01, 0.06, "assumption",
             "chance that a researcher leaves the profession in a year");
    list.add("talent.agents", p.agents, "agents", 200, 1e6, "assumption",
             "number of agents at T0, nearly: every occupied cell gets one");
    list.add("talent.hong_kong_agents", p.hong_kong_agents, "agents", 0, 1e5, "assumption",
             "at least so many of them in Hong Kong, with smaller weights");
  }
  static void add_rule_fields(FieldList& list, TalentParams& p) {
    list.add("talent.rule_enforcement", p.rule_enforcement, "share", 0, 1,
             "assumption: rules hold as written",
             "part of what rules on entry and exit cost that researchers meet; 0 switches these rules off");
    list.add("talent.pay_usd", p.pay_usd, "USD/year", 5e4, 5e6,
             "assumption between a median base salary of 246,250 and a package of 583,000 "
             "(https://letsdatascience.com/blog/the-56-premium-what-ai-skills-actually-pay-in-2026)",
             "yearly pay of a researcher whose entry costs a fee");
    list.add("talent.fee_years", p.fee_years, "years", 1, 20, "assumption",
             "years of pay over which a fee on entry is spread");
    list.add("talent.equity_share", p.equity_share, "share", 0, 0.95,
             "assumption: most of senior researchers' pay in frontier laboratories "
             "(https://deluair.com/consultancy/insights/ai-talent-compensation-2026), less elsewhere",
             "part of vendors' pay that is given in shares of the firm; 0: pay ignores its value");
    list.add(
        "talent.scheme_share", p.scheme_share, "share", 0, 1,
        "assumption: schemes brought some 260,000 persons to Hong Kong in three years "
        "(https://hk.news.yahoo.com/3-3%E8%90%AC%E9%AB%98%E6%89%8D%E9%80%97%E7%95%99%E6%9C%9F%E9%99%90%E5%B7"
        "%B2%E5%B1%86%E6%BB%BF-53-%E7%94%B3%E8%AB%8B%E7%BA%8C%E7%B0%BD-%E7%B4%8494-051757064.html); how many "
        "of them are researchers was not found",
        "share of a place's researchers from elsewhere who are there under a scheme; 0: schemes do nothing");
    list.add(
        "talent.scheme_renewal", p.scheme_renewal, "share", 0, 1,
        "https://hk.news.yahoo.com/3-3%E8%90%AC%E9%AB%98%E6%89%8D%E9%80%97%E7%95%99%E6%9C%9F%E9%99%90%E5%B7"
        "%B2%E5%B1%86%E6%BB%BF-53-%E7%94%B3%E8%AB%8B%E7%BA%8C%E7%B0%BD-%E7%B4%8494-051757064.html (17,615 of "
        "about 33,000 first stays that had expired; by class .40 to .77)",
        "share of first stays under a scheme that are renewed at T0");
  }
};

}  // namespace chokepoint
