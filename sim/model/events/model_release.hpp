/// A developer begins to serve a model whose weights it keeps. The model is in the data with a date after T0
/// and can be used from the announcement on; without the event nobody can use it. It has no beta: what the
/// model is worth to whom follows from its measured capability and its price.
#pragma once

#include "sim/model/events/keys.hpp"

namespace chokepoint {

struct ModelRelease {
  static constexpr std::string_view name = "model_release";
  static constexpr std::string_view meaning = "begins to serve a model without giving its weights away";
  static constexpr bool is_measure = false;

  std::vector<std::string> models;

  template <class Keys>
  void keys(Keys& k) {
    k.required("models", models, "ids of the models (data/models.csv), dated after T0");
  }

  void check(const Facts& facts, const Announcement& said, EventProblems& problems) const {
    check_developer(facts, said, models, problems);
    for (const auto& id : models) {
      const AiModel* model = facts.model(id);
      if (model != nullptr && model->open) {
        problems.add("model '" + id + "' has open weights (its release is another instrument) use " +
                     "'open_release'");
      } else if (model != nullptr && model->released <= facts.as_of) {
        problems.add("model '" + id + "' was released on " + to_text(model->released) +
                     ", not after time.as_of = " + to_text(facts.as_of) +
                     " (it can be used already) leave it out");
      }
    }
  }
};

}  // namespace chokepoint
