#include "sim/study/market_report.hpp"

#include <catch2/catch.hpp>

#include "tests/support/model_study.hpp"

using namespace chokepoint;

TEST_CASE("score: an event without news of value has a row that says so", "[unit][market_report]") {
  auto study = model_study({});
  CHECK_THAT(score_report(*study, 1), !Catch::Contains("no value news"));
  Event silent = study->scenario.events.front();
  silent.said.id = "silent";
  study->scenario.events.push_back(silent);
  CHECK_THAT(score_report(*study, 1), Catch::Contains("  silent  in no arm\n"));
  EventTrace trace;
  trace.id = "silent";
  trace.changes.push_back({"gamma", {}, 0.0});
  study->arms[1].plan.traces.push_back(trace);
  CHECK_THAT(score_report(*study, 1), Catch::Contains("  silent  no value news\n"));
}

TEST_CASE("score: without events there is nothing to say", "[unit][market_report]") {
  auto study = model_study({});
  study->scenario.events.clear();
  study->arms.resize(1);
  CHECK(score_report(*study, 3) == "no events\n");
}

TEST_CASE("score: the first day is the median of populations", "[unit][market_report]") {
  auto study = model_study({}, 1, 3);
  study->arms[1].plan.values = {{{0, Session::a, 0}, gamma_line, 0.05}};
  std::vector<double> moves;
  for (std::uint32_t r = 0; r < 3; ++r) {
    Parameters quiet = study->scenario.parameters;
    quiet.noise.scale = 0.0;
    const RandomStream random(study->scenario.seed, r);
    World with = make_world(study->facts, quiet, random);
    World without = with;
    tick(with, quiet, random, study->arms[1].plan, 0);
    tick(without, quiet, random, study->arms[0].plan, 0);
    moves.push_back(with.log_price[gamma_line] - without.log_price[gamma_line]);
  }
  std::sort(moves.begin(), moves.end());
  REQUIRE(moves[0] < moves[1] - 1e-4);
  REQUIRE(moves[1] < moves[2] - 1e-4);
  const std::string text = score_report(*study, 3);
  CHECK_THAT(text, Catch::Contains("median of 3 populations"));
  std::string line = text.substr(text.find("  GAMMA  order"));
  line = line.substr(0, line.find('\n'));
  CHECK(std::stod(line.substr(line.rfind(' '))) == Approx(moves[1]).margin(5.1e-5));
}
