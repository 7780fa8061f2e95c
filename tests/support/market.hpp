/// A market small enough to calculate by hand: accounts by class, K lines, and the inputs of a clear.
#pragma once

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "sim/model/clearing.hpp"

namespace chokepoint {

struct ClassSize {
  InvestorType type{};
  Region domicile{};
  std::size_t count = 0;
};

/// Accounts of the given classes, padded as the model wants them; identity = 1000 + row.
inline Accounts make_accounts(const std::vector<ClassSize>& sizes) {
  Accounts accounts;
  for (std::size_t g = 0; g < class_count; ++g) {
    ClassBlock& block = accounts.blocks[g];
    block.begin = accounts.size;
    for (const ClassSize& size : sizes) {
      if (class_of(size.type, size.domicile) == g) block.count += size.count;
    }
    accounts.investors += block.count;
    accounts.size += (block.count + lanes - 1) / lanes * lanes;
    block.end = accounts.size;
  }
  for (std::size_t i = 0; i < accounts.size; ++i) {
    accounts.identity.push_back(static_cast<std::uint32_t>(1000 + i));
  }
  return accounts;
}

/// Everything a clear reads, owned. Prices are 1 USD at p = 0 and everybody takes part in full.
class Market {
 public:
  Market(std::size_t line_count, const std::vector<ClassSize>& sizes)
      : accounts(make_accounts(sizes)),
        lines(line_count),
        cash(accounts.size, 0.0),
        holding(lines * accounts.size, 0.0),
        odds(lines * accounts.size, 0.0),
        attention(lines * accounts.size, 0.0),
        theta(class_count, 1.0),
        kappa(class_count, 0.0),
        value(lines * class_count, 0.0),
        shifter(lines * class_count, 0.0),
        reference_price(lines, 1.0),
        new_money(lines * class_count, 0.0),
        attended(lines, 0),
        participation{std::vector<double>(lines * class_count, 1.0), std::vector<double>(lines, 0.0)},
        log_price(lines, 0.0),
        low(lines, -std::numeric_limits<double>::infinity()),
        high(lines, std::numeric_limits<double>::infinity()),
        status(lines, LineStatus::closed) {
    for (std::size_t k = 0; k < lines; ++k) open.push_back(k);
  }

  std::size_t at(std::size_t line, std::size_t account) const { return line * accounts.size + account; }
  /// Row of the n-th investor of a class.
  std::size_t row(InvestorType type, Region domicile, std::size_t n = 0) const {
    return accounts.blocks[class_of(type, domicile)].begin + n;
  }
  /// Odds at which every investor wants what he holds at p = 0.
  void read_odds_off_holdings() {
    for (std::size_t k = 0; k < lines; ++k) {
      for (std::size_t i = 0; i < accounts.size; ++i) {
        odds[at(k, i)] = cash[i] > 0.0 ? holding[at(k, i)] * reference_price[k] / cash[i] : 0.0;
      }
    }
  }
  void set_value(std::size_t line, double log_value) {
    std::fill_n(&value[line * class_count], class_count, log_value);
  }
  DemandInputs inputs() {
    odds_rows_.clear();
    attention_rows_.clear();
    for (std::size_t k = 0; k < lines; ++k) {
      odds_rows_.push_back(&odds[at(k, 0)]);
      attention_rows_.push_back(attended[k] ? &attention[at(k, 0)] : nullptr);
    }
    return {&accounts,       lines,           cash,      holding, odds_rows_, theta, kappa, value, shifter,
            reference_price, attention_rows_, new_money, locked};
  }
  ClearingOutcome clear() {
    return clearing.clear(inputs(), participation, open, {low, high}, chord, log_price, status);
  }
  /// Excess demand at the prices given for all lines.
  std::vector<double> residual(DemandSystem& system, const std::vector<double>& p) {
    std::vector<double> F(open.size());
    system.prepare(inputs(), participation, open, log_price);
    system.residual(p, F);
    return F;
  }

  Accounts accounts;
  std::size_t lines;
  std::vector<double> cash, holding, odds, attention;
  std::vector<double> theta, kappa, value, shifter, reference_price, new_money;
  std::vector<char> attended;  ///< [K] 1 when the line has attention
  std::vector<LockedLot> locked;
  Participation participation;
  std::vector<std::size_t> open;
  std::vector<double> log_price, low, high;
  std::vector<LineStatus> status;
  ChordFactor chord;
  MarketClearing clearing;

 private:
  std::vector<const double*> odds_rows_, attention_rows_;
};

}  // namespace chokepoint
