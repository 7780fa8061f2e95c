#include "sim/study/arm_variants.hpp"
#include "sim/study/flip.hpp"
#include "sim/study/parallel.hpp"
#include "sim/study/replicate_runs.hpp"

namespace chokepoint {
namespace {

/// What is compared: the reference arm first, then the arm and the one that it is held against.
std::vector<std::size_t> arms_of_question(const Study& study, const FlipQuestion& question) {
  std::vector<std::size_t> arms{study.reference, question.arm};
  if (question.against && *question.against != study.reference) arms.push_back(*question.against);
  return arms;
}

/// Why T0 cannot be made: without the words on a replicate's draw, as nothing is drawn.
std::string reason_of(const Error& error) {
  const std::string text = error.what();
  const std::string drawn = "parameters drawn in replicate 0: ";
  return text.starts_with(drawn) ? text.substr(drawn.size()) : text;
}

/// The arms with every parameter that has a prior at its place, so that none is drawn.
std::vector<ArmContent> contents_at(const Study& study, const std::vector<std::size_t>& arms,
                                    const std::vector<FlipParameter>& parameters,
                                    const std::vector<Move>& point) {
  std::vector<Setting> set;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    double move = 0.0;
    for (const Move& one : point) {
      if (one.parameter == i) move = one.sd;
    }
    for (std::size_t k = 0; k < parameters[i].fields.size(); ++k) {
      const double value = parameters[i].apart.empty() ? parameters[i].value(move) : parameters[i].apart[k];
      set.push_back({parameters[i].fields[k], value, {}, ""});
    }
  }
  std::vector<ArmContent> contents;
  for (const std::size_t a : arms) {
    contents.push_back(content_of(study, a));
    std::vector<Setting>& own = contents.back().set;
    own.insert(own.begin(), set.begin(), set.end());  // what the arm sets itself goes last and stands
  }
  return contents;
}

double effect_in(const BoundMetric& metric, const ReplicateRuns& runs, const FlipQuestion& question) {
  const double reference = runs.arms[0].levels[0];
  const double arm = compare(metric, runs.arms[1].levels[0], reference);
  if (!question.against) return arm;
  const RunResult& against = runs.arms.size() > 2 ? runs.arms[2] : runs.arms[0];
  return arm - compare(metric, against.levels[0], reference);
}

FlipEffects effects_of_point(const Study& study, const FlipQuestion& question,
                             const std::vector<BoundMetric>& metric, const std::vector<ArmContent>& contents,
                             std::size_t replicates) {
  FlipEffects effects;
  Experiment experiment;
  try {
    experiment = experiment_of(study, contents, 0);
  } catch (const Error& error) {
    if (error.code() != ExitCode::scenario) throw;
    effects.failure = reason_of(error);
    return effects;
  }
  experiment.draw = [&study, &contents, &arms = experiment.arms](std::size_t replicate) {
    return with_events_of(study, contents, arms, replicate);
  };
  experiment.metrics = &metric;
  experiment.days = last_row_of(metric);
  experiment.run_done = question.run_done;
  effects.values.resize(replicates);
  run_in_parallel(replicates, question.jobs, [&](std::size_t r) {
    effects.values[r] = effect_in(metric.front(), run_replicate(experiment, r), question);
  });
  return effects;
}

}  // namespace

std::size_t arms_compared(const Study& study, const FlipQuestion& question) {
  return arms_of_question(study, question).size();
}

std::vector<FlipEffects> effects_at(const Study& study, const FlipQuestion& question,
                                    const std::vector<FlipParameter>& parameters,
                                    const std::vector<std::vector<Move>>& points, std::size_t replicates) {
  const std::vector<std::size_t> arms = arms_of_question(study, question);
  const std::vector<BoundMetric> metric{study.metrics[question.metric]};
  std::vector<FlipEffects> effects(points.size());
  run_in_parallel(points.size(), question.jobs, [&](std::size_t p) {
    effects[p] = effects_of_point(study, question, metric, contents_at(study, arms, parameters, points[p]),
                                  replicates);
  });
  return effects;
}

}  // namespace chokepoint
