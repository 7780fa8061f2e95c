/// Law on open models: bans on hosting and use by place, and licences to publish weights.
///
///   bans                 by measure: places x homes of developers, with or without own machines
///   publication_barred   governments whose own developers may not publish weights
///
/// A measure is in force from `apply` to `lift`; applied again, it replaces what it said before, and two
/// measures that say the same end one by one. What follows is decided elsewhere: the access tensor denies
/// hosted use, enterprises run what is out on their own machines (enterprises/offers.hpp), and a developer
/// under a bar does not publish. Weights that are out stay out: a bar on publication recalls nothing.
/// Without a measure nothing is barred.
/// Neglects: thresholds by compute or capability, licences granted one by one, bans on derived models.
/// Reference for the two kinds of measure: a bill that would bar import from and export to China of all
/// models, open ones too, and the rule of January 2025 that left open weights out, as told in
/// https://www.sipoch.com/en/article/300330018382166.
/// Tests: tests/unit/open_weights_test.cpp.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "sim/model/access/access_tensor.hpp"

namespace chokepoint {

/// What one measure changes in the law on open models.
struct OpenWeightsChanges {
  std::string measure;  ///< id of the measure chain
  Region government{};
  HostingBan ban;                 ///< of no place or of nobody's models: bans no hosting
  bool bars_publication = false;  ///< the government's own developers may not publish weights
};

struct OpenWeightsPolicy {
  std::vector<HostingBan> bans;
  std::array<bool, region_count> publication_barred{};  ///< by home of the developer
  std::vector<OpenWeightsChanges> measures;             ///< in force; the two above follow from them
};

void apply(const OpenWeightsChanges& changes, OpenWeightsPolicy& policy);

/// Ends a measure; nothing happens when it is not in force.
void lift(std::string_view measure, OpenWeightsPolicy& policy);

}  // namespace chokepoint
