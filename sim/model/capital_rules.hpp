/// Rules about who may bring capital where: outbound limits, Stock Connect, mandates of state funds.
///
///   outbound limit  investors of a domicile take no part in issues, listings and private rounds of the firms
///                   named or headquartered in a region; they hold, buy and sell old shares as before: the US
///                   programme (31 CFR 850) leaves publicly traded securities out
///   Connect         included   CN may buy the line, through the quota. On each day `arrival` of the odds
///   they
///                              would have had at T0 arrive, until all have:
///                              o_ik = w_ik F_k P_k0 / C_i,  w_ik ownership prior with CN admitted, F_k
///                              float, P_k0 price at log price 0, C_i cash now; an account that has odds
///                              keeps them
///                   excluded   CN holders may sell and not buy: after a clear, classes that would buy on
///                              balance stand aside and the line is cleared again without them; inside a
///                              class that sells, buyers are set against sellers
///                   quota      the daily quota is `quota_factor` times that of T0, the last one holds
///   state fund      log odds of the sovereign class of a domicile in all listed lines of a region move by
///                   +-push x strength, in equal parts over `ramp` trading days; the market finds what that
///                   costs. Mandates add up: buying and then selling at the same strength ends where it began
///
/// All is taken over before the first session of its day. arrival = 0: included lines are open to attentive
/// investors only; push = 0: mandates do nothing. Without news nothing here moves.
/// Assumptions: tastes of the newcomers are those of the prior at T0's price; a limit that is lifted is
/// lifted for every firm named, whoever had limited it; a fund's mandate is a shift of tastes, not an amount.
/// Reference: the price effect of inclusion is gone after 40 trading days and removal has none, Wong and
/// Tsang (2023), https://link.springer.com/article/10.1007/s10690-022-09395-3. Neglects: northbound lists,
/// notifications and knowledge tests of outbound rules, cash a state gives a fund, inclusion of a line before
/// it is listed. Tests: tests/unit/capital_rules_test.cpp.
#pragma once

#include <array>
#include <span>
#include <variant>
#include <vector>

#include "sim/base/field.hpp"
#include "sim/base/random.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

struct World;
struct Parameters;
struct Plan;
struct OutboundLimit;
struct ConnectChange;
struct StateFund;

struct ConnectParams {
  double arrival = 0.05;

  static void fields(FieldList& list, ConnectParams& p);
};

struct StateFundParams {
  double push = 0.2;
  double ramp = 20;

  static void fields(FieldList& list, StateFundParams& p);
};

using ByDomicile = std::array<bool, region_count>;

/// Investors of the domiciles are shut out of the firms' primary market, or let in again.
struct PrimaryLimit {
  std::vector<std::size_t> firms;
  ByDomicile domiciles{};
  bool lifted = false;
};

struct ConnectTerms {
  std::vector<std::size_t> included, excluded;  ///< lines
  double quota_factor = 1;                      ///< of T0's quota
};

struct FundMandate {
  Region domicile{};
  Region region{};
  double strength = 0;  ///< [share] of the largest push; negative: sells
  double done = 0;      ///< [share] of it that has been carried out
};

struct CapitalNews {
  std::size_t day = 0;  ///< trading day from which it holds
  std::variant<PrimaryLimit, ConnectTerms, FundMandate> what;
};

/// Mainland investors to whom a line has just been opened.
struct Newcomers {
  std::size_t line = 0;
  std::vector<double> odds;  ///< [N] when all have arrived
  double arrived = 0;        ///< [share]
};

/// The rules in force.
struct CapitalRules {
  std::vector<ByDomicile> may_buy;     ///< [K]
  std::vector<ByDomicile> sell_only;   ///< [K] could buy once: holders may sell
  std::vector<char> southbound;        ///< [K] CN buyers reach it through Stock Connect's quota
  std::vector<ByDomicile> no_primary;  ///< [firm]
  double quota_factor = 1;
  std::vector<Newcomers> newcomers;
  std::vector<FundMandate> mandates;
};

/// The rules of T0.
CapitalRules initial_capital_rules(const Facts& facts);

PrimaryLimit primary_limit(const Facts& facts, const OutboundLimit& what);
ConnectTerms connect_terms(const Facts& facts, const ConnectChange& what);
FundMandate fund_mandate(const StateFund& what);

/// Puts the day's news in force, then lets newcomers arrive and state funds act for a day.
void apply_capital_rules(World& world, const Parameters& params, const RandomStream& random,
                         const Plan& plan);

/// True when investors of some domicile may sell a line and not buy it.
bool has_sell_only(const World& world, std::size_t line);

/// Sets buyers of sell-only classes against sellers of their class in the wishes [N] of a line: nobody of
/// them buys. Returns true when a class still wished to buy on balance, so that sellers must be rationed.
bool keep_from_buying(const World& world, std::size_t line, std::span<double> wish);

}  // namespace chokepoint
