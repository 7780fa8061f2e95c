#include "sim/study/calibration/evaluation_store.hpp"

#include <catch2/catch.hpp>

#include "sim/base/error.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

namespace {

constexpr std::uint64_t inputs = 7;
const std::vector<double> first{0.25, -1.0}, second{0.25, -1.5};
const Predictions of_first{{0.1, 0.2, 0.3}, {-0.1, -0.2, -0.3}}, of_second{{1e-300, -0.0, 1.0 / 3.0}};

/// A store of both points, the second one added last.
void fill(const std::string& path) {
  EvaluationStore store(path, inputs);
  store.add(first, of_first);
  store.add(second, of_second);
}

}  // namespace

TEST_CASE("evaluation store: what was simulated is found again after reopening", "[unit][calibration]") {
  const TemporaryFolder folder;
  const std::string path = folder.at("evaluations");
  fill(path);
  for (int opened = 0; opened < 2; ++opened) {  // each opening writes the file anew
    const EvaluationStore again(path, inputs);
    CHECK(again.found_on_disk() == 2);
    REQUIRE(again.find(first) != nullptr);
    CHECK(*again.find(first) == of_first);
    REQUIRE(again.find(second) != nullptr);
    CHECK(*again.find(second) == of_second);
    CHECK(again.find({0.25, -1.25}) == nullptr);
    CHECK(again.find({-1.0, 0.25}) == nullptr);
  }
}

TEST_CASE("evaluation store: other inputs begin anew", "[unit][calibration]") {
  const TemporaryFolder folder;
  const std::string path = folder.at("evaluations");
  fill(path);
  {
    EvaluationStore other(path, inputs + 1);
    CHECK(other.found_on_disk() == 0);
    CHECK(other.find(first) == nullptr);
    other.add(second, of_first);
  }
  CHECK(EvaluationStore(path, inputs + 1).found_on_disk() == 1);
  CHECK(EvaluationStore(path, inputs).found_on_disk() == 0);  // what the first inputs gave is gone
}

TEST_CASE("evaluation store: a record that was cut off is dropped, and what follows is whole",
          "[unit][calibration]") {
  const TemporaryFolder folder;
  const std::string path = folder.at("evaluations");
  // The second record holds key, count and three numbers of 8 bytes.
  for (const std::size_t cut : {1, 8, 24, 31, 39}) {
    CAPTURE(cut);
    std::filesystem::remove(path);
    fill(path);
    std::filesystem::resize_file(path, std::filesystem::file_size(path) - cut);
    {
      EvaluationStore store(path, inputs);
      CHECK(store.found_on_disk() == 1);
      REQUIRE(store.find(first) != nullptr);
      CHECK(*store.find(first) == of_first);
      CHECK(store.find(second) == nullptr);
      store.add(second, of_second);
    }
    const EvaluationStore whole(path, inputs);
    CHECK(whole.found_on_disk() == 2);
    REQUIRE(whole.find(second) != nullptr);
    CHECK(*whole.find(second) == of_second);
  }
}

TEST_CASE("evaluation store: without a path it remembers, and writes nothing", "[unit][calibration]") {
  EvaluationStore store("", inputs);
  CHECK(store.find(first) == nullptr);
  store.add(first, of_first);
  REQUIRE(store.find(first) != nullptr);
  CHECK(*store.find(first) == of_first);
  CHECK_THROWS_AS(EvaluationStore("/no/such/folder/evaluations", inputs), Error);
}
