/// Capability of vendors, month by month: own progress, what others' models teach, compute, successors.
///
///   c_f(t+dt) = c_f + dt [ (progress - D_f)^+ productive_f^staff_weight
///                        + diffusion (c_pub - c_f)^+
///                        + distillation access_f (1 - policing) (c_front - c_f)^+
///                        + induced_innovation algorithm_progress (gap_f)^+ ]
///                   + compute_weight growth_f
///
///   c_f           points  latent capability of vendor f
///   c_pub         points  best weights that are public
///   c_front       points  best closed model that another vendor serves
///   productive_f  share   of f's research staff that works with its full tools (talent/lock_out.hpp)
///   D_f           points  a month that f distils at T0: observed progress has it already
///   access_f      share   of that closed frontier that f can query (research/distillation.hpp)
///   policing      share   of such queries that the vendor of the frontier finds and cuts off
///   gap_f         log     compute of the frontier over f's, less the same at T0: above 0, scarcer than at T0
///   growth_f      log     growth of f's compute over the step, less the reference growth inside `progress`
///   dt            months
///
/// Successors: when c_f exceeds the vendor's best usable model by `release_step` all its models that are out
/// gain what is missing: a generation sold under the same names, terms, prices and orders. A vendor serves
/// its newest generation itself, be the model closed or open (`measured`). The weights of an open model that
/// anybody can run are another matter (`weights`): they become those of the generation only when the vendor
/// publishes it (research/release_choice.hpp). What is public stays public: weights never fall.
///
/// At growth, gap and access 0, with every generation published, this is progress and diffusion alone; with
/// access and gaps of T0, D_f makes distillation change nothing either.
///
/// Off, exactly: compute_weight 0 (compute), distillation 0 or policing 1 (distillation), induced_innovation
/// or algorithm_progress 0 (scarcity), diffusion 0. Whether scarcity lowers or raises capability over years
/// is decided by induced_innovation, which nothing observed identifies: results are to be read along it.
///
/// References: 8 points are 4 months, https://epoch.ai/data-insights/open-closed-eci-gap; training compute
/// grows 4.6 times a year, https://epoch.ai/data-insights/compute-trend-post-2010; compute needed for a fixed
/// capability halves in 8 months (5-14), https://www.longtermwiki.com/wiki/E907. Hence compute_weight: 2
/// points a month over (ln 4.6 / 12 + ln 2 / 8) log points a month are 9.4, taken as 9. All other numbers are
/// assumptions. Neglects: the time from compute to a model; that lost compute leaves skill behind (c_f can
/// fall, models that are out never do); randomness of release dates; vendors between two releases at T0,
/// which start from their best released model. Tests: tests/unit/capability_test.cpp.
#pragma once

#include <span>
#include <vector>

#include "sim/base/field.hpp"
#include "sim/model/facts.hpp"

namespace chokepoint {

struct CapabilityParams {
  double progress = 2.0;
  double diffusion = 0.06;
  double staff_weight = 0.5;
  double release_step = 4.0;
  double compute_weight = 9.0;
  double distillation = 0.03;
  double proxy_access = 0.3;
  double induced_innovation = 0.135;
  double algorithm_progress = 0.78;

  static void fields(FieldList& list, CapabilityParams& p) {
    list.add("capability.progress", p.progress, "points/month", 0, 10,
             "https://epoch.ai/data-insights/open-closed-eci-gap: 8 points are 4 months",
             "own progress of a vendor whose whole staff is productive");
    list.add("capability.diffusion", p.diffusion, "1/month", 0, 0.5,
             "assumption: .01-.15; nobody has measured how fast an open release is absorbed",
             "share of the gap to the best open model that is closed in a month");
    list.add("capability.staff_weight", p.staff_weight, "-", 0, 1, "assumption",
             "elasticity of own progress to the productive share of research staff");
    list.add("capability.release_step", p.release_step, "points", 0.5, 20, "assumption",
             "lead of latent capability over the best model at which a successor is released");
    list.add(
        "capability.compute_weight", p.compute_weight, "points per log point", 0, 30,
        "assumption: 4-14; derived from 2 points a month over the growth of compute, ln 4.6 / 12 a month, "
        "and of algorithms, ln 2 / 8 a month (https://epoch.ai/data-insights/compute-trend-post-2010, "
        "https://www.longtermwiki.com/wiki/E907)",
        "capability that a log point of compute beside its reference growth gives; 0 switches off");
    list.add(
        "capability.distillation", p.distillation, "1/month", 0, 0.5,
        "assumption: .005-.1; 24,000 accounts and 16 million exchanges are known "
        "(https://economy.com.pk/jpmorgan-cuts-anthropic-access-hong-kong/?amp=1), what they taught is not",
        "share of the gap to the closed frontier that whoever may query it freely closes in a month; 0 "
        "switches off");
    list.add("capability.proxy_access", p.proxy_access, "share", 0, 1,
             "assumption: .05-.7; what leaks through proxies and accounts of others",
             "access to the closed frontier of a developer whom law, terms or orders leave out");
    list.add("capability.induced_innovation", p.induced_innovation, "-", 0, 3,
             "assumption: half-normal with scale .2; not identified, and it decides the sign of what "
             "scarcity does",
             "progress of algorithms that a log point of scarcer compute adds, as a multiple of the usual; 0 "
             "switches off");
    list.add("capability.algorithm_progress", p.algorithm_progress, "points/month", 0, 5,
             "assumption: compute_weight 9 times ln 2 / 8, https://www.longtermwiki.com/wiki/E907",
             "part of own progress that is of algorithms, which scarcity can speed up");
  }
};

/// What a vendor's capability came from [vendor] [points]; they add up to its change.
struct ResearchGains {
  std::vector<double> own, diffused, distilled, induced, from_compute;
};

struct Capability {
  std::vector<char> released;    ///< [model] 1 from its release on
  std::vector<double> measured;  ///< [model] index points of what its vendor serves, successors included
  std::vector<double> weights;   ///< [model] index points of the newest public weights; 0: closed or not out
  std::vector<double> latent;    ///< [vendor] index points; 0 for a vendor without usable model
  ResearchGains gained;          ///< sums since T0
};

/// What research has to work with in a step. `productive` is always given; another span that is empty stands
/// for no change since T0: no growth beside the reference, no gap, nothing to query, everything published.
struct ResearchInputs {
  std::span<const double> productive = {};       ///< [vendor] in [0, 1]
  std::span<const double> compute_growth = {};   ///< [vendor] log points over the step
  std::span<const double> compute_gap = {};      ///< [vendor] log points
  std::span<const double> frontier_access = {};  ///< [vendor] in [0, 1]
  double policing = 0;                           ///< in [0, 1], of the vendor of the closed frontier
  std::span<const char> publishes = {};  ///< [vendor] this month's generation, if any, would be published
  /// [vendor] points a month that the vendor distils at T0: they are part of the progress observed there.
  std::span<const double> distilled_at_start = {};
};

/// Models released at or before T0, with their measured index.
Capability initial_capability(const CapabilityParams& params, const Facts& facts);

/// A model comes out (open_release, model_release), an open one with its weights.
void release(const Facts& facts, std::size_t model, Capability& capability);

/// Best usable public weights, or best usable released model of all; 0 when there is none.
double best_open(const Facts& facts, const Capability& capability);
double best_released(const Facts& facts, const Capability& capability);

/// Best usable closed model that is out, of all vendors but `but`; npos when there is none.
std::size_t closed_frontier(const Facts& facts, std::span<const char> released,
                            std::span<const double> measured, std::size_t but = Facts::npos);

/// One step of `months`. All vendors learn from what was out before it.
ResearchGains step_capability(const CapabilityParams& params, const Facts& facts,
                              const ResearchInputs& inputs, double months, Capability& capability);

}  // namespace chokepoint
