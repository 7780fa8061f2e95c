/// Capability of vendors, month by month: own progress, what open releases teach, and successors.
///
///   c_f(t+dt) = c_f + dt [ progress (productive_f)^staff_weight + diffusion (c_pub - c_f)^+ ]
///   successor: when c_f exceeds the capability of the vendor's best usable model by `release_step`, that
///   model's
///              capability becomes c_f: a successor sold under the same terms, price and orders
///
/// c_f [index points] latent capability of vendor f; best_f that of its best usable model; c_pub the best
/// openly released model; productive_f the share of f's research staff that works with its full tools
/// (talent/lock_out.hpp); dt in months. An open release is never undone: what is public stays public.
/// progress: 8 points in 4 months, https://epoch.ai/data-insights/open-closed-eci-gap. diffusion,
/// staff_weight and release_step: assumptions. Neglects: compute (growth is inside `progress`), distillation,
/// choice between open and closed, randomness of release dates, vendors that are between two releases at T0
/// (they start from their best released model). Tests: tests/unit/capability_test.cpp.
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
  }
};

struct Capability {
  std::vector<char> released;    ///< [model] 1 from its release on
  std::vector<double> measured;  ///< [model] index points, successors included
  std::vector<double> latent;    ///< [vendor] index points; 0 for a vendor without usable model
};

/// Models released at or before T0, with their measured index.
Capability initial_capability(const CapabilityParams& params, const Facts& facts);

/// A model comes out (open_release, model_release).
void release(const Facts& facts, std::size_t model, Capability& capability);

/// Best usable released model of all with open weights, or of all; 0 when there is none.
double best_open(const Facts& facts, const Capability& capability);
double best_released(const Facts& facts, const Capability& capability);

/// One step of `months`. `productive` [vendor] is in [0, 1].
void step_capability(const CapabilityParams& params, const Facts& facts, std::span<const double> productive,
                     double months, Capability& capability);

}  // namespace chokepoint
