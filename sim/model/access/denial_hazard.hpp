/// Denial hazard: how likely users in a region think it that a government cuts them off.
///
///   every day      h[g][r] *= e^(-days / T_h)
///   an order of g first denies:
///                  h[g][r] += jump (lost_r + spillover max_{r' != r} lost_{r'})
///
///   h        1/year  hazard of a denial by government g, as users in region r see it
///   lost_r   share   of region r's staff that could use the model the day before and is now barred or not
///                    served by the vendor, mean over the models of the order
///   jump     1/year  `denial_hazard.jump`, hazard learnt from a denial of everybody
///   T_h      d       `denial_hazard.memory`
///   spillover  -     `denial_hazard.spillover`, weight of what happened to others
///
/// A region that lost nothing learns from the region that lost most. Enterprises subtract rho_h h from what a
/// vendor under that government is worth to them (enterprises/choice.hpp).
/// Assumptions: learning is linear in what was lost, forgetting exponential; jump, memory and spillover are
/// judgement, as no survey of users before and after a denial was found; h = 0 at T0, since what earlier
/// denials taught is in the usage shares of T0.
/// Neglects: threats and orders that deny nobody, denials by law or terms, the end of an order (no relief
/// beyond forgetting), differences between users of a region.
/// Tests: tests/unit/denial_hazard_test.cpp.
#pragma once

#include <array>
#include <span>

#include "sim/base/field.hpp"
#include "sim/model/access/access_tensor.hpp"

namespace chokepoint {

struct DenialHazardParams {
  double jump = 0.3;
  double memory = 180;
  double spillover = 0.5;

  static void fields(FieldList& list, DenialHazardParams& p) {
    list.add("denial_hazard.jump", p.jump, "1/year", 0, 10, "assumption (.05-1)",
             "hazard of denial learnt when all of a region's staff loses the models of an order");
    list.add("denial_hazard.memory", p.memory, "d", 1, 3650, "assumption (60-730)",
             "days in which a learnt hazard falls to 1/e");
    list.add("denial_hazard.spillover", p.spillover, "-", 0, 1, "assumption (0-1)",
             "weight of the loss of the region that lost most, for all other regions");
  }
};

/// h [government's region][users' region] [1/year].
using DenialHazard = std::array<std::array<double, region_count>, region_count>;

void fade_hazard(const DenialHazardParams& params, double days, DenialHazard& hazard);

/// [share] by region of the staff that could use a model in `before` and is barred or not served in `after`,
/// mean over `models`; zeros when there are none.
std::array<double, region_count> staff_lost(const Facts& facts, const AccessTensor& before,
                                            const AccessTensor& after, std::span<const std::size_t> models);

void learn_hazard(const DenialHazardParams& params, Region government,
                  const std::array<double, region_count>& lost, DenialHazard& hazard);

}  // namespace chokepoint
