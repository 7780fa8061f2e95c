/// Slow news of value: what vendors earn from their models, month by month, against what they earned at T0.
///
///   realised_f = loading X_f ln(R_f(t) / R_f(0))
///   S_f        = realised_f less what announcements priced of it already: a priced change of the same sign,
///                up to the whole of realised_f
///   news_f(t)  = S_f(t) - S_f(t - 1 month)
///
/// added to the value of f's lines, or to its mark. R_f is enterprise spending on f's models in all regions;
/// X_f [share] the firm's revenue that enterprises pay by use (data/vendors.csv, `metered_share`);
/// priced_f [log points] the sum of its value news so far. The same loss of customers is not counted twice:
/// first as the guess of the day of the announcement, then as it comes in. The path without events is that of
/// T0: no growth.
/// Reference: log value is linear in log revenue at constant margins and growth, the limit of
/// any discounted sum that is homogeneous in revenue. loading: assumption.
/// Neglects: consumers, costs,
/// corrections of a price move that was too large, stakes in private firms, reporting lags and quarters.
/// Tests: tests/unit/slow_news_test.cpp.
#pragma once

#include <span>
#include <vector>

#include "sim/base/field.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

struct SlowNewsParams {
  double loading = 1.0;

  static void fields(FieldList& list, SlowNewsParams& p) {
    list.add("slow_news.loading", p.loading, "-", 0, 2,
             "assumption: value moves as revenue does, 0 switches off",
             "log value per log change of revenue from own models, times their share of revenue");
  }
};

/// What of the realised change the announcements have not priced yet [log points].
double unpriced(double realised, double priced);

/// News of the month [vendor], log points. `revenue_ratio` [vendor] is R(t)/R(0); `priced` [vendor] log
/// points; `reported` [vendor] is S of the last month and becomes that of this one.
std::vector<double> slow_news(const SlowNewsParams& params, const Facts& facts,
                              std::span<const double> revenue_ratio, std::span<const double> priced,
                              std::span<double> reported);

}  // namespace chokepoint
