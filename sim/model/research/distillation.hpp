/// Who can query the closed frontier to train a model of its own, and who polices that.
///
///   access_f = 1             the best closed model of another vendor serves f's own staff at home
///            = proxy_access  law, terms or an order leave them out: through accounts of others
///            = 0             the model is served to nobody, or there is none
///   policing = the highest level among the measures in force that cover the vendor of the frontier
///
/// What a vendor learns by it is a term of its capability (capability.hpp): distillation access_f (1 -
/// policing) (c_front - c_f)^+. Law and terms that keep a rival out so cut the term by 1 - proxy_access, and
/// policing cuts what is left; both work through the frontier only, as public weights teach whom they will.
/// A level is the share of such queries that is found and cut off. A firm polices its own models, a
/// government all closed models of its region's vendors; who announces a level replaces its earlier one.
///
/// Reference for the order of magnitude: 24,000 fraudulent accounts and 16 million exchanges, of one vendor's
/// models, https://economy.com.pk/jpmorgan-cuts-anthropic-access-hong-kong/?amp=1. Assumptions: proxy_access;
/// developers are staffed by nationals of their home region where it comes to queries; policing hits rivals
/// with and without proxies alike. Neglects: terms that forbid every competitor to train on outputs; what the
/// second best closed model teaches whoever cannot query the best; customers lost to policing.
/// Tests: tests/unit/distillation_test.cpp.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/model/access/access_tensor.hpp"
#include "sim/model/capability.hpp"

namespace chokepoint {

/// Queries for training are found and cut off at a level.
struct PolicingChanges {
  std::string measure;
  std::size_t vendor = Facts::npos;  ///< whose models; npos: all closed vendors of the government's region
  Region government{};
  double level = 0;  ///< [share] of queries; 0 ends it
};

struct Policing {
  std::vector<PolicingChanges> in_force;
};

/// Replaces what the same measure, or the same firm or government, had in force.
void change_policing(const PolicingChanges& change, Policing& policing);

/// [share] of queries of the vendor's closed models for training that is cut off; 0 for npos.
double policing_of(const Facts& facts, const Policing& policing, std::size_t frontier_vendor);

/// [vendor] in [0, 1]. `measured` is [model] as of today; empty: as of T0.
std::vector<double> frontier_access(const CapabilityParams& params, const Facts& facts,
                                    const AccessTensor& access, std::span<const char> released,
                                    std::span<const double> measured = {});

/// [vendor] points a month distilled at these capabilities: distillation access (1 - policing) (c_front -
/// c)^+.
std::vector<double> distillation_rates(const CapabilityParams& params, const Facts& facts,
                                       const Capability& capability, std::span<const double> access,
                                       double policing);

/// [share] of what a vendor gained that it took from closed models of others; what compute took away does not
/// count, 0 when nothing was gained.
double distilled_share(const ResearchGains& gained, std::size_t vendor);

}  // namespace chokepoint
