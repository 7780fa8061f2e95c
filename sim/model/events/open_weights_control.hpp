/// A government bars open models from being hosted for users in some places, or its own developers from
/// publishing weights.
///
/// Touches, with the sign opposite to that of an open release (claim.hpp), by their exposure: firms that sell
/// models of their own against open ones gain, but for those from where the barred models come; firms in the
/// barred places, anywhere when publication ends, whose products run on open models lose. What the barred
/// developers lose shows in their revenue. Who goes on with the weights on machines of their own is decided
/// by the enterprises.
#pragma once

#include <algorithm>

#include "sim/model/events/keys.hpp"
#include "sim/model/policy/open_weights.hpp"

namespace chokepoint {

struct OpenWeightsControl {
  static constexpr std::string_view name = "open_weights_control";
  static constexpr std::string_view meaning =
      "bars hosting of open models in some places, or publication of weights";
  static constexpr bool is_measure = true;

  std::vector<std::string> places = {};
  std::vector<std::string> developers_from = {};
  bool own_machines = false;
  bool publication = false;

  template <class Keys>
  void keys(Keys& k) {
    k.optional("places", places, "regions in which the models may not be hosted or used (US, CN, HK, ROW)");
    k.optional("developers_from", developers_from, "regions whose developers' open models are meant");
    k.optional("own_machines", own_machines, "whether use on machines of one's own is barred as well");
    k.optional("publication", publication,
               "whether developers of the government's own region may not publish weights");
  }

  void check(const Facts&, const Announcement& said, EventProblems& problems) const {
    const std::vector<std::string> known(region_names.begin(), region_names.end());
    for (const auto& id : places) problems.expect_known("region", id, known);
    for (const auto& id : developers_from) problems.expect_known("region", id, known);
    if (!said.actor.starts_with("regulator:")) {
      problems.add("the actor of an open_weights_control must be a government (regulator:<id>)");
    }
    if (places.empty() != developers_from.empty()) {
      problems.add("'places' and 'developers_from' go together (where which models are barred)");
    }
    if (places.empty() && own_machines) problems.add("'own_machines' needs 'places' (where they stand)");
    if (places.empty() && developers_from.empty() && !publication) {
      problems.add("it bars nothing (name places and developers, or set publication = true)");
    }
  }

  /// What it changes in law. `government` is the actor's.
  OpenWeightsChanges changes(const std::string& measure, Region government) const {
    OpenWeightsChanges result;
    result.measure = measure;
    result.government = government;
    result.ban = {measure, government, flags(places), flags(developers_from), own_machines};
    result.bars_publication = publication;
    return result;
  }

  std::vector<Touch> touches(const Facts& facts, const Announcement& said) const {
    std::vector<Touch> exposed;
    add_exposed(facts, Channel::deploy, "open_frontier_model", -1.0, exposed);
    add_exposed(facts, Channel::compete, "open_frontier_model", -1.0, exposed);
    std::array<bool, region_count> barred = flags(developers_from);
    if (publication) barred[index(government_of(said.actor))] = true;
    std::vector<Touch> result;
    for (const Touch& touch : exposed) {
      const std::size_t firm = facts.firm(touch.entity);
      if (firm == Facts::npos) continue;
      const std::size_t home = index(facts.firms[firm].headquarters);
      const bool reached =
          touch.channel == Channel::compete ? !barred[home] : publication || flags(places)[home];
      if (reached) result.push_back(touch);
    }
    return result;
  }

  std::vector<std::string> targets(const Facts&) const { return {}; }

 private:
  static std::array<bool, region_count> flags(const std::vector<std::string>& regions) {
    std::array<bool, region_count> result{};
    for (const auto& id : regions) {
      if (const auto region = parse_enum<Region>(id, region_names)) result[index(*region)] = true;
    }
    return result;
  }
};

}  // namespace chokepoint
