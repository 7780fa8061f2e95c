/// Incidents: a flaw of the best model comes to light, and a government judges how grave it is.
///
///   P(incident in dt) = 1 - exp(-rate dt), at most one a month, on the most capable candidate model
///   u ~ Beta(mean s, (1 - mean) s)
///   perceived = clip(u + noise z + rival_bias rival_report, 0, 1),  z ~ N(0, 1)
///   triggered  iff  perceived > threshold
///   available elsewhere  iff  another public model has c >= c_model - margin
///
///   u          share  what the flaw truly adds to what its user could do, were there no other model
///   perceived  share  what the government takes it for; `regulators.hpp` reads it when it triggers
///   rate       1/month, mean, s, noise, rival_bias, threshold, margin [points]: `incident.*`
///   rival_report  -   1 when a rival of the vendor lobbies for a control this month (lobbying.hpp)
///   public     -      open weights, or a closed model of a vendor that the control does not reach
///
/// Two ways for a control to be mistaken, counted apart: a false trigger (u <= threshold < perceived), and
/// a control without uplift (available elsewhere: whatever u is, barring this model takes nothing away).
/// Neither is known to the government, and nothing here makes law. rate = 0 switches off, exactly.
///
/// u is the quantile of the Beta law at one keyed uniform: the incomplete beta integral is summed term by
/// term from the binomial series of (1 - t)^(b-1) on the half where it converges as 2^-n, and inverted by
/// bisection in t^a. So u rises with the mean under one and the same draw.
/// Closed forms: for s = 4 the law is 1 - (1-u)^3 at mean .25, 3 u^2 - 2 u^3 at .5, u^3 at .75.
///
/// Reference for the test of what is available elsewhere: marginal risk "compared to closed models or
/// existing technology", Kapoor, Bommasani et al. (2024), On the Societal Impact of Open Foundation Models,
/// http://crfm.stanford.edu/open-fms/.
/// Assumptions: all numbers; one rate for all models and capabilities; the model hit is the most capable;
/// draws of two governments are independent.
/// Neglects: the kind of misuse, incidents of models that are not the best, repair of a flaw, learning from
/// false alarms. Tests: tests/unit/incidents_test.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/base/field.hpp"
#include "sim/base/random.hpp"
#include "sim/model/types.hpp"

namespace chokepoint {

struct IncidentParams {
  double rate = 0.3;
  double uplift_mean = 0.2;         ///< mean
  double uplift_concentration = 4;  ///< s
  double noise = 0.2;
  double rival_bias = 0.1;
  double threshold = 0.5;
  double uplift_margin = 2;  ///< margin

  static void fields(FieldList& list, IncidentParams& p) {
    list.add("incident.rate", p.rate, "1/month", 0, 10, "assumption (.05-1)",
             "incidents of the best model under a government; 0 switches off");
    list.add("incident.uplift_mean", p.uplift_mean, "share", 0.01, 0.9, "assumption (.05-.5)",
             "mean of what a flaw truly adds to what its user could do");
    list.add("incident.uplift_concentration", p.uplift_concentration, "-", 1, 20, "assumption (2-10)",
             "sum of the two shapes of the Beta law of true uplift; larger is narrower");
    list.add("incident.noise", p.noise, "share", 0, 1, "assumption (.05-.4)",
             "standard deviation of the government's error about an incident");
    list.add("incident.rival_bias", p.rival_bias, "share", 0, 1, "assumption (.02-.4)",
             "what a report by a lobbying rival adds to the perceived severity");
    list.add("incident.threshold", p.threshold, "share", 0, 1, "assumption (.3-.8)",
             "perceived severity above which an incident weighs on the regulator");
    list.add("incident.uplift_margin", p.uplift_margin, "points", 0, 50, "assumption (0-8)",
             "capability by which another public model may fall short and still do the same");
  }
};

struct Incident {
  bool happened = false;
  std::size_t model = 0;
  double uplift = 0;     ///< u [share]
  double perceived = 0;  ///< [share]
  bool triggered = false;
  bool false_trigger = false;        ///< triggered while true u <= threshold
  bool available_elsewhere = false;  ///< another public model does the same
};

struct IncidentCounts {
  std::int64_t incidents = 0;
  std::int64_t triggered = 0;
  std::int64_t false_triggers = 0;
  std::int64_t without_uplift = 0;  ///< triggered while available elsewhere
};

/// u in [0, 1] that is exceeded with chance 1 - `chance`, chance in (0, 1).
double uplift_quantile(const IncidentParams& params, double chance);

/// Another model that is public elsewhere and no weaker than `model` by more than the margin.
bool is_available_elsewhere(const IncidentParams& params, std::size_t model,
                            std::span<const double> capability, std::span<const char> public_elsewhere);

/// This month's incident under the government, of `months` length. All spans are [model]: `candidate` is 1
/// for a released, usable model of a vendor of this government's region. Without any there is no incident.
Incident draw_incident(const IncidentParams& params, Region government, std::span<const double> capability,
                       std::span<const char> candidate, std::span<const char> public_elsewhere,
                       double rival_report, double months, const RandomStream& random, std::uint32_t month);

/// What a control over this incident truly takes away [share]: nothing when the same is available elsewhere.
double control_uplift(const Incident& incident);

void count_incident(const Incident& incident, IncidentCounts& counts);

}  // namespace chokepoint
