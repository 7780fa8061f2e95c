/// The verbs of a day have names, and an observer may look at the world after each: to say where two runs
/// came apart (study/identity.hpp). Without an observer nothing happens.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "sim/model/types.hpp"

namespace chokepoint {

struct World;

/// Called with the world as a verb left it.
using VerbObserver = std::function<void(World& world, std::string_view verb)>;

/// Does a verb, then tells its name.
class Verbs {
 public:
  using Done = std::function<void(std::string_view verb)>;
  /// `done` may be null.
  explicit Verbs(const Done* done) : done_(done) {}

  template <class Verb>
  void operator()(std::string_view name, Verb&& verb) const {
    verb();
    if (done_ != nullptr && *done_) (*done_)(name);
  }
  /// A verb of one round of a session: "clear_market session b, round 2".
  template <class Verb>
  void operator()(std::string_view name, Session session, int round, Verb&& verb) const {
    verb();
    if (done_ == nullptr || !*done_) return;
    std::string text = std::string(name) + (session == Session::a ? " session a" : " session b");
    if (round > 0) text += ", round " + std::to_string(round + 1);
    (*done_)(text);
  }

 private:
  const Done* done_;
};

}  // namespace chokepoint
