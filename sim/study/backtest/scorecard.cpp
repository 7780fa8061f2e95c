#include "sim/study/backtest/scorecard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>

#include "sim/base/csv.hpp"
#include "sim/base/text.hpp"
#include "sim/output/text_table.hpp"

namespace chokepoint {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Group {
  std::string name;
  RowFilter keep;
};

bool counts(const ObservedRow& row) { return row.attribution != Attribution::confounded; }

std::vector<Group> groups() {
  const auto chosen = [](Selection selection) {
    return [selection](const ObservedRow& row) { return counts(row) && row.selection == selection; };
  };
  return {{"loud", chosen(Selection::reaction)},
          {"content", chosen(Selection::content)},
          {"loud without LIUHE_2022",
           [](const ObservedRow& row) {
             return counts(row) && row.selection == Selection::reaction && row.episode != "LIUHE_2022";
           }},
          {"loud without DEEPSEEK_2025", [](const ObservedRow& row) {
             return counts(row) && row.selection == Selection::reaction && row.episode != "DEEPSEEK_2025";
           }}};
}

class ScorecardMaker {
 public:
  ScorecardMaker(const Comparison& comparison, const Forecasts& forecasts,
                 const std::vector<Baseline>& baselines, const std::vector<Ablation>& ablations)
      : comparison_(comparison), forecasts_(forecasts), baselines_(baselines), ablations_(ablations) {}

  Scorecard make() {
    for (const Group& group : groups()) {
      add_scores(group, 0);
      if (group.name.find("without") != std::string::npos) continue;
      add_scores(group, 1);
      add_scores(group, 2);
    }
    add_ablations();
    set_targets();
    add_targets();
    card_.sentence = sentence();
    card_.text += card_.sentence + "\n";
    return std::move(card_);
  }

 private:
  Scores of(const Forecasts& forecasts, const Group& group, std::size_t window) const {
    return score(comparison_, forecasts, window, group.keep);
  }

  void add_scores(const Group& group, std::size_t window) {
    TextTable table({"forecast", "MAE", "median", "by event", "CRPS", "sign", "rank", "50 %", "90 %", "width",
                     "slope", "MAE ratio to it [5-95 %]"});
    const auto add = [&](const std::string& name, const Forecasts& forecasts, bool own) {
      const Scores s = of(forecasts, group, window);
      const Ratio ratio = own ? Ratio{} : mae_ratio(comparison_, forecasts_, forecasts, window, group.keep);
      const auto two = [](double value) { return fmt::format("{:.2f}", value); };
      table.add({name, two(s.mae), two(s.median_ae), two(s.event_mae), two(s.crps), two(s.sign), two(s.rank),
                 two(s.cover50), two(s.cover90), fmt::format("{:.1f}", s.width90), two(s.slope),
                 own ? "" : fmt::format("{:.2f} [{:.2f}-{:.2f}]", ratio.value, ratio.low, ratio.high)});
    };
    add("simulator", forecasts_, true);
    for (const Baseline& baseline : baselines_) add(baseline.name, baseline.forecasts, false);
    const Scores own = of(forecasts_, group, window);
    card_.text += fmt::format("{}, {}: {} rows, {} of them with |t| >= 2\n{}\n", group.name,
                              window_names[window], own.rows, own.sign_rows, table.text());
  }

  void add_ablations() {
    TextTable table({"AR[0], MAE", "loud", "content", "loud, against whole", "content"});
    for (const Ablation& one : ablations_) {
      const Ablation& whole = ablations_.front();
      table.add({one.name, fmt::format("{:.2f}", one.loud), fmt::format("{:.2f}", one.content),
                 signed_number(one.loud - whole.loud, 2), signed_number(one.content - whole.content, 2)});
    }
    if (!ablations_.empty()) card_.text += table.text() + "\n";
  }

  const Forecasts& baseline(std::string_view name) const {
    return std::find_if(baselines_.begin(), baselines_.end(),
                        [&](const Baseline& b) { return b.name == name; })
        ->forecasts;
  }

  void target(const std::string& id, const std::string& what, double value, double low, double high) {
    card_.targets.push_back({id, what, value, low, high});
  }

  void set_targets() {
    const std::vector<Group> all = groups();
    const Group& loud = all[0];
    const Group& content = all[1];
    const Scores own = of(forecasts_, loud, 0);
    const Scores zero = of(baseline("zero"), loud, 0);
    const Scores mean = of(baseline("group mean"), loud, 0);
    const Scores linear = of(baseline("exposures"), loud, 0);
    target("loud_mae_zero", "loud, MAE against zero's", own.mae / zero.mae, 0, .75);
    target("loud_mae_group", "loud, MAE against the group mean's", own.mae / mean.mae, 0, .75);
    target("loud_crps_zero", "loud, CRPS against zero's", own.crps / zero.crps, 0, .75);
    target("loud_mae_linear", "loud, MAE against the exposure regression's, day 0", own.mae / linear.mae, 0,
           1.05);
    target("loud_car_linear", "loud, the same on CAR[0,4]",
           of(forecasts_, loud, 2).mae / of(baseline("exposures"), loud, 2).mae, 0, 1.0);
    target("loud_sign", "loud, share of right signs at |t| >= 2", own.sign, .8, 1.0);
    const Scores quiet = of(forecasts_, content, 0);
    target("content_mae_zero", "content, MAE against zero's",
           quiet.mae / of(baseline("zero"), content, 0).mae, 0, 1.0);
    target("content_slope", "content, slope of observed on forecast", quiet.slope, .7, 1.3);
    for (std::size_t w = 0; w < window_count; ++w) {
      target(fmt::format("loud_cover90_{}", w), fmt::format("loud, {} inside the 90 % band", window_names[w]),
             of(forecasts_, loud, w).cover90, .80, .97);
      target(fmt::format("content_cover90_{}", w),
             fmt::format("content, {} inside the 90 % band", window_names[w]),
             of(forecasts_, content, w).cover90, .80, .97);
    }
    if (ablations_.empty()) return;
    const Ablation& whole = ablations_.front();
    const Ablation& dealt = ablations_[ablations_.size() - 2];
    const Ablation& borrowed = ablations_.back();
    target("placebo_shuffled", "loud, points of MAE lost when exposures are shuffled",
           dealt.loud - whole.loud, 1.0, infinity);
    target("placebo_other_news", "loud, MAE with other events' news against zero's", borrowed.loud / zero.mae,
           1.0, infinity);
  }

  void add_targets() {
    TextTable table({"target", "value", "wanted", "met"});
    for (const Target& one : card_.targets) {
      std::string wanted = fmt::format("{:g} to {:g}", one.low, one.high);
      if (one.low == 0.0) wanted = fmt::format("at most {:g}", one.high);
      if (one.high == infinity) wanted = fmt::format("at least {:g}", one.low);
      table.add({one.what, fmt::format("{:.2f}", one.value), wanted, one.met() ? "yes" : "NO"});
    }
    card_.text += table.text() + "\n";
  }

  double value_of(std::string_view id) const {
    for (const Target& one : card_.targets) {
      if (one.id == id) return one.value;
    }
    return 0.0;
  }

  std::string sentence() const {
    const auto met =
        std::count_if(card_.targets.begin(), card_.targets.end(), [](const Target& t) { return t.met(); });
    const double loud = value_of("loud_mae_zero");
    const double content = value_of("content_mae_zero");
    const auto against = [](double ratio) {
      return ratio <= 0.995 ? fmt::format("{:.0f} % smaller than", 100.0 * (1.0 - ratio))
                            : fmt::format("{:.0f} % larger than", 100.0 * (ratio - 1.0));
    };
    return fmt::format(
        "Out of sample, {} of {} targets met. On events that were collected because prices moved, the error "
        "of the first "
        "day is {} that of expecting no move and {:.0f} % of large moves have the right sign; on events "
        "chosen by "
        "their content it is {} expecting no move. 90 % bands held {:.0f} % of the first and {:.0f} % of the "
        "second. Trust "
        "signs and the order of firms more than sizes, and take a band for too narrow where news is loud.",
        met, card_.targets.size(), against(loud), 100.0 * value_of("loud_sign"), against(content),
        100.0 * value_of("loud_cover90_0"), 100.0 * value_of("content_cover90_0"));
  }

  const Comparison& comparison_;
  const Forecasts& forecasts_;
  const std::vector<Baseline>& baselines_;
  const std::vector<Ablation>& ablations_;
  Scorecard card_;
};

}  // namespace

Scorecard make_scorecard(const Comparison& comparison, const Forecasts& forecasts,
                         const std::vector<Baseline>& baselines, const std::vector<Ablation>& ablations) {
  return ScorecardMaker(comparison, forecasts, baselines, ablations).make();
}

void write_scorecard(const Scorecard& scorecard, const std::string& path) {
  CsvWriter file(path, {"target", "what", "value", "low", "high", "met"});
  for (const Target& one : scorecard.targets) {
    file.text(one.id).text(one.what).number(one.value).number(one.low);
    file.number(one.high).text(one.met() ? "yes" : "no");
    file.end_row();
  }
  file.text("sentence").text(scorecard.sentence).text("").text("").text("").text("");
  file.end_row();
  file.close();
}

void write_backtest(const Comparison& comparison, const Forecasts& forecasts, const std::string& path) {
  CsvWriter file(path, {"event", "episode", "date", "ticker", "window", "observed_pct", "median_pct",
                        "q05_pct", "q25_pct", "q75_pct", "q95_pct", "inside_50", "inside_90", "sign_right",
                        "t_value", "selection", "attribution", "fitted_elsewhere"});
  for (std::size_t i = 0; i < forecasts.rows.size(); ++i) {
    const ObservedRow& row = comparison.observed[forecasts.rows[i]];
    for (std::size_t w = 0; w < window_count; ++w) {
      if (!row.abnormal[w]) continue;
      const Forecast& said = forecasts.by_row[i][w];
      const double observed = *row.abnormal[w];
      const auto inside = [&](double low, double high) {
        return said.quantile(low) <= observed && observed <= said.quantile(high) ? "yes" : "no";
      };
      file.text(row.event).text(row.episode).text(to_text(row.date)).text(row.ticker).text(window_names[w]);
      file.number(100.0 * observed).number(100.0 * said.median);
      for (const double q : {.05, .25, .75, .95}) file.number(100.0 * said.quantile(q));
      file.text(inside(.25, .75)).text(inside(.05, .95)).text(observed * said.median > 0.0 ? "yes" : "no");
      file.number(row.t_value()).text(selection_names[index(row.selection)]);
      file.text(attribution_names[index(row.attribution)]).text(row.episode);
      file.end_row();
    }
  }
  file.close();
}

std::string stamp_of(const std::string& calibration_folder) {
  const std::string path = calibration_folder + "/scorecard.csv";
  const std::string none =
      "No record: there is no scorecard in " + calibration_folder + " (chokepoint calibrate makes one).";
  if (!std::filesystem::exists(path)) return none;
  Problems problems;
  const CsvTable table = read_csv(path, problems);
  for (const CsvRow& row : table.rows) {
    if (row.cells.front() == "sentence") return row.cells[1];
  }
  return none;
}

}  // namespace chokepoint
