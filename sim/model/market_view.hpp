/// What investors see when a market clears: tastes, values and shifters of the moment, put together from
/// every mechanism that has a say in demand.
///
///   x_gk = phi_g s_k + gamma_g tanh(m_k / m0) + taste_gk - tau (CN buyers of southbound lines)
///   v_gk of funds and arbitrageurs is lowered by the sales that an ownership ban still has to bring
///   odds of attentive holders who leave are cut; odds of barred holders are zero after the deadline
///
/// Tests: tests/unit/market_view_test.cpp.
#pragma once

#include <vector>

#include "sim/model/world.hpp"

namespace chokepoint {

class MarketView {
 public:
  MarketView(const World& world, const Parameters& params);
  MarketView(const MarketView&) = delete;
  MarketView& operator=(const MarketView&) = delete;

  /// Valid while the view and the world live; cash and holdings are read from the world.
  const DemandInputs& inputs() const { return inputs_; }

  /// Replaces the shadow price of southbound buying.
  void set_quota_wedge(double wedge);

 private:
  void add_shifters(const World& world, const Parameters& params);
  void add_exits(const World& world, const Parameters& params);
  void anticipate_sales(const World& world, const Parameters& params, std::size_t line);
  void add_bans(const World& world, const Parameters& params);
  double* own_row(const World& world, std::size_t line);

  const std::vector<char>& southbound_;
  double wedge_ = 0;
  std::vector<double> value_, shifter_;
  std::vector<std::vector<double>> changed_;  // odds rows that differ from the world's
  std::vector<const double*> odds_, attention_;
  DemandInputs inputs_;
};

}  // namespace chokepoint
