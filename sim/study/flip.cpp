#include "sim/study/flip.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint {
namespace {

constexpr std::size_t first_look = 8;  ///< replicates of the search for what matters
constexpr double first_move = 2.0;     ///< [prior sd]
constexpr double precision = 0.05;     ///< of a threshold [prior sd]
constexpr double least_share = 0.001;  ///< of a joint move: less is what rounding leaves
constexpr double least_move = 0.01;    ///< less than this is no move [prior sd]
constexpr double worth_going_on =
    1.0 / 3.0;  ///< share taken away at first_move that makes farthest_move worth a look
constexpr double worth_all_replicates = 0.5;  ///< share taken away in the first look

using Point = std::vector<Move>;

/// What all steps of a search have in common.
struct Search {
  const Study& study;
  const FlipQuestion& question;
  const std::vector<FlipParameter>& parameters;
  std::vector<double> here;  ///< effects here, by replicate

  std::vector<FlipEffects> at(const char* step, const std::vector<Point>& points,
                              std::size_t replicates) const {
    if (question.step_begins && !points.empty()) {
      question.step_begins(step, points.size() * replicates * arms_compared(study, question));
    }
    return effects_at(study, question, parameters, points, replicates);
  }
  double mean_here(std::size_t replicates) const {
    return estimate_of({here.begin(), here.begin() + static_cast<std::ptrdiff_t>(replicates)}).mean;
  }
  bool reversed(const FlipEffects& effects) const {
    if (!effects.failure.empty()) return false;
    return estimate_of(effects.values).mean * mean_here(effects.values.size()) < 0.0;
  }
};

/// Twice as many until they tell the headline's sign from noise.
std::size_t replicates_of_first_look(const Search& search) {
  std::size_t few = first_look;
  while (few < search.here.size()) {
    const Estimate mean =
        estimate_of({search.here.begin(), search.here.begin() + static_cast<std::ptrdiff_t>(few)});
    if (std::fabs(mean.mean) > mean.half_width) return few;
    few *= 2;
  }
  return search.here.size();
}

void note(const Search& search, const FlipEffects& effects, FlipRow& row) {
  row.at = search.parameters[row.farthest.parameter].value(row.farthest.sd);
  row.failure = effects.failure;
  if (!row.failure.empty()) return;
  row.n = effects.values.size();
  row.there = estimate_of(effects.values);
  row.here = search.mean_here(row.n);
  row.reverses = search.reversed(effects);
}

/// Runs the farthest points of some rows.
void look(const Search& search, const char* step, const std::vector<FlipRow*>& rows, std::size_t replicates) {
  std::vector<Point> points;
  for (const FlipRow* row : rows) points.push_back({row->farthest});
  const std::vector<FlipEffects> effects = search.at(step, points, replicates);
  for (std::size_t i = 0; i < rows.size(); ++i) note(search, effects[i], *rows[i]);
}

/// Each parameter down and up, as far as its range and first_move allow.
std::vector<FlipRow> first_rows(const Search& search, std::size_t replicates) {
  std::vector<FlipRow> rows;
  for (std::size_t i = 0; i < search.parameters.size(); ++i) {
    const FlipParameter& parameter = search.parameters[i];
    for (const double sd : {-std::min(first_move, parameter.down), std::min(first_move, parameter.up)}) {
      if (std::fabs(sd) < least_move) continue;
      FlipRow row;
      row.farthest = {i, sd};
      rows.push_back(row);
    }
  }
  std::vector<FlipRow*> all;
  for (FlipRow& row : rows) all.push_back(&row);
  look(search, "first look at each parameter", all, replicates);
  return rows;
}

bool goes_on(const Search& search, const FlipRow& row) {
  const FlipParameter& parameter = search.parameters[row.farthest.parameter];
  const double reach = row.farthest.sd < 0.0 ? parameter.down : parameter.up;
  return row.failure.empty() && !row.reverses && row.taken() >= worth_going_on &&
         reach > std::fabs(row.farthest.sd) + least_move;
}

/// Looks farther where the first move did not reverse but went a good part of the way; what cannot be made
/// there leaves the row as it was.
void go_on(const Search& search, std::vector<FlipRow>& rows, std::size_t replicates) {
  std::vector<FlipRow> farther;
  std::vector<FlipRow*> old, pointers;
  for (FlipRow& row : rows) {
    if (!goes_on(search, row)) continue;
    const FlipParameter& parameter = search.parameters[row.farthest.parameter];
    farther.push_back(row);
    farther.back().farthest.sd = row.farthest.sd < 0.0 ? -parameter.down : parameter.up;
    old.push_back(&row);
  }
  for (FlipRow& row : farther) pointers.push_back(&row);
  look(search, "farther", pointers, replicates);
  for (std::size_t i = 0; i < old.size(); ++i) {
    if (farther[i].failure.empty()) *old[i] = farther[i];
  }
}

/// Runs with all replicates what is near to reversing in the first look.
void refine(const Search& search, std::vector<FlipRow>& rows) {
  std::vector<FlipRow*> near;
  for (FlipRow& row : rows) {
    if (row.failure.empty() && row.taken() >= worth_all_replicates) near.push_back(&row);
  }
  look(search, "again with all replicates", near, search.here.size());
}

/// Where between two points on a ray the sign changes; `far` is reversed.
struct Bracket {
  double near = 0;
  double far = 0;
  bool open() const { return std::fabs(far - near) > precision; }
  double middle() const { return 0.5 * (near + far); }
};

/// Narrows all brackets together; a point that cannot be made counts as not reversed.
void bisect(const Search& search, std::vector<Bracket>& brackets,
            const std::function<Point(std::size_t, double)>& point_on) {
  while (true) {
    std::vector<std::size_t> open;
    std::vector<Point> points;
    for (std::size_t i = 0; i < brackets.size(); ++i) {
      if (!brackets[i].open()) continue;
      open.push_back(i);
      points.push_back(point_on(i, brackets[i].middle()));
    }
    if (open.empty()) return;
    const std::vector<FlipEffects> effects = search.at("where it reverses", points, search.here.size());
    for (std::size_t i = 0; i < open.size(); ++i) {
      Bracket& bracket = brackets[open[i]];
      (search.reversed(effects[i]) ? bracket.far : bracket.near) = bracket.middle();
    }
  }
}

void find_thresholds(const Search& search, std::vector<FlipRow>& rows) {
  std::vector<FlipRow*> reversing;
  std::vector<Bracket> brackets;
  for (FlipRow& row : rows) {
    if (!row.reverses) continue;
    reversing.push_back(&row);
    brackets.push_back({0.0, row.farthest.sd});
  }
  bisect(search, brackets, [&](std::size_t i, double sd) {
    return Point{{reversing[i]->farthest.parameter, sd}};
  });
  for (std::size_t i = 0; i < reversing.size(); ++i) {
    FlipRow& row = *reversing[i];
    row.threshold_sd = brackets[i].far;
    row.threshold = search.parameters[row.farthest.parameter].value(row.threshold_sd);
  }
}

/// Change of the effect per prior sd, by parameter: central differences, one-sided at the end of a range.
std::vector<double> gradient(const Search& search, const std::vector<FlipRow>& rows) {
  std::vector<double> slopes(search.parameters.size());
  for (std::size_t i = 0; i < slopes.size(); ++i) {
    double low = 0.0, high = 0.0, at_low = 0.0, at_high = 0.0;
    for (const FlipRow& row : rows) {
      if (row.farthest.parameter != i || !row.failure.empty()) continue;
      (row.farthest.sd < 0.0 ? low : high) = row.farthest.sd;
      (row.farthest.sd < 0.0 ? at_low : at_high) = row.there.mean - row.here;
    }
    if (high > low) slopes[i] = (at_high - at_low) / (high - low);
  }
  return slopes;
}

/// What each parameter takes away per prior sd on its better side, as slopes: where effects bend, the central
/// difference is ruled by the side that leads away from a reversal.
std::vector<double> better_sides(const Search& search, const std::vector<FlipRow>& rows) {
  std::vector<double> slopes(search.parameters.size());
  for (const FlipRow& row : rows) {
    if (!row.failure.empty()) continue;
    const double slope = (row.there.mean - row.here) / row.farthest.sd;
    const bool away = (row.there.mean - row.here) * row.here < 0.0;
    double& best = slopes[row.farthest.parameter];
    if (away && std::fabs(slope) > std::fabs(best)) best = slope;
  }
  return slopes;
}

double length_of(const Point& point) {
  double squares = 0.0;
  for (const Move& move : point) squares += move.sd * move.sd;
  return std::sqrt(squares);
}

/// The point at a length along the steepest way to the other sign; parameters stop at the end of their range.
Point on_ray(const Search& search, const std::vector<double>& slopes, double length) {
  double squares = 0.0;
  for (const double slope : slopes) squares += slope * slope;
  const double step = (search.mean_here(search.here.size()) > 0.0 ? -length : length) / std::sqrt(squares);
  Point point;
  for (std::size_t i = 0; i < slopes.size(); ++i) {
    const double sd = std::clamp(step * slopes[i], -search.parameters[i].down, search.parameters[i].up);
    if (std::fabs(sd) >= least_share * length) point.push_back({i, sd});
  }
  return point;
}

/// Along one way: a point on it that reverses, else the farthest at which T0 can be made.
FlipJoint joint_move(const Search& search, const std::vector<double>& slopes) {
  FlipJoint joint;
  if (std::all_of(slopes.begin(), slopes.end(), [](double slope) { return slope == 0.0; })) return joint;
  const auto ray = [&](std::size_t, double length) { return on_ray(search, slopes, length); };
  const std::vector<double> lengths{1.0, 2.0, farthest_move};
  std::vector<Point> points;
  for (const double length : lengths) points.push_back(ray(0, length));
  const std::vector<FlipEffects> effects = search.at("all together", points, search.here.size());
  double length = farthest_move;
  for (std::size_t i = 0; i < lengths.size() && !joint.reverses; ++i) {
    if (effects[i].failure.empty()) length = lengths[i];
    if (!search.reversed(effects[i])) continue;
    joint.reverses = true;
    std::vector<Bracket> bracket{{i == 0 ? 0.0 : lengths[i - 1], lengths[i]}};
    bisect(search, bracket, ray);
    length = bracket.front().far;
  }
  joint.moves = ray(0, length);
  joint.length = length_of(joint.moves);
  const FlipEffects there = search.at("all together", {joint.moves}, search.here.size()).front();
  joint.failure = there.failure;
  joint.there = estimate_of(there.values);
  std::stable_sort(joint.moves.begin(), joint.moves.end(),
                   [](const Move& a, const Move& b) { return std::fabs(a.sd) > std::fabs(b.sd); });
  return joint;
}

/// The better of two ways: the nearer reversal, else the one that takes more away.
FlipJoint best_joint_move(const Search& search, const std::vector<std::vector<double>>& ways) {
  FlipJoint best;
  const double sign = search.mean_here(search.here.size()) > 0.0 ? 1.0 : -1.0;
  for (const std::vector<double>& slopes : ways) {
    FlipJoint joint = joint_move(search, slopes);
    const bool unknown = best.moves.empty() || !best.failure.empty();
    const bool better =
        joint.reverses == best.reverses
            ? (joint.reverses ? joint.length < best.length : sign * joint.there.mean < sign * best.there.mean)
            : joint.reverses;
    if (!joint.moves.empty() && (unknown || (joint.failure.empty() && better))) best = std::move(joint);
  }
  return best;
}

bool comes_before(const FlipRow& a, const FlipRow& b) {
  if (a.failure.empty() != b.failure.empty()) return a.failure.empty();
  if (a.reverses != b.reverses) return a.reverses;
  if (a.reverses) return std::fabs(a.threshold_sd) < std::fabs(b.threshold_sd);
  return a.failure.empty() && a.taken() > b.taken();
}

}  // namespace

Flip flip(const Study& study, const FlipQuestion& question, std::vector<FlipParameter> parameters) {
  Flip result;
  result.parameters = std::move(parameters);
  result.n = question.replicates;
  Search search{study, question, result.parameters, {}};
  const FlipEffects here = search.at("headline", {Point{}}, question.replicates).front();
  if (!here.failure.empty()) throw Error(ExitCode::scenario, here.failure);
  search.here = here.values;
  result.headline = estimate_of(search.here);
  if (result.headline.mean == 0.0) return result;
  const std::size_t few = replicates_of_first_look(search);
  result.rows = first_rows(search, few);
  const std::vector<std::vector<double>> ways{gradient(search, result.rows),
                                              better_sides(search, result.rows)};
  go_on(search, result.rows, few);
  if (few < question.replicates) refine(search, result.rows);
  find_thresholds(search, result.rows);
  result.joint = best_joint_move(search, ways);
  std::stable_sort(result.rows.begin(), result.rows.end(), comes_before);
  return result;
}

}  // namespace chokepoint
