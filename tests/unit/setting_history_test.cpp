// What each file of a scenario says, and how a value is followed through the layers.
#include "sim/input/setting_history.hpp"

#include <catch2/catch.hpp>

#include "tests/support/temporary_folder.hpp"

using namespace chokepoint;

namespace {

const std::string head = "schema = \"chokepoint.scenario/1\"\nid = \"x\"\ntitle = \"X\"\n";  // 3 lines

/// "value line" of each statement about a path, the one in force first.
std::vector<std::string> followed(const std::string& base, const std::string& upper,
                                  const std::string& path) {
  const TemporaryFolder folder;
  folder.write("base.toml", head + "kind = \"base\"\n" + base);
  folder.write("s.toml", head + "extends = [\"base.toml\"]\n" + upper);
  std::vector<std::string> lines;
  for (const Statement& one : history_of(read_statements(folder.at("s.toml")), path)) {
    const std::string what = one.kind == Statement::Kind::removal  ? "removed"
                             : one.kind == Statement::Kind::record ? "record"
                                                                   : one.value;
    const std::string file = one.where.path.substr(one.where.path.rfind('/') + 1);
    lines.push_back(what + " " + file + ":" + std::to_string(one.where.line));
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("setting history: a value is followed down, in both notations", "[unit][setting_history]") {
  CHECK(followed("[set]\n\"attention.notice\" = 0.5\n", "[set]\nattention.notice = \"35 %\"\n",
                 "set.attention.notice") == Lines{"35 % s.toml:6", "0.5 base.toml:6"});
  CHECK(followed("[run]\nseed = 1\n", "", "run.seed") == Lines{"1 base.toml:6"});
  CHECK(followed("[output]\nquantiles = [0.5, 0.75]\n", "", "output.quantiles") ==
        Lines{"[0.5, 0.75] base.toml:6"});
  CHECK(followed("", "", "set.attention.notice").empty());
}

TEST_CASE("setting history: records and their keys; what an overriding one leaves alone stays",
          "[unit][setting_history]") {
  const std::string base = "[[event]]\nid = \"order\"\nlevel = 1\nfeared = { level = 0.25 }\n";
  const std::string upper = "[[event]]\nid = \"order\"\noverride = true\nlevel = 0.5\n";
  CHECK(followed(base, upper, "event.order") == Lines{"record s.toml:5", "record base.toml:5"});
  CHECK(followed(base, upper, "event.order.level") == Lines{"0.5 s.toml:8", "1 base.toml:7"});
  CHECK(followed(base, upper, "event.order.feared.level") == Lines{"0.25 base.toml:8"});
  CHECK(followed(base, "[arm.one]\nset = { \"attention.notice\" = 0 }\n", "arm.one") ==
        Lines{"record s.toml:5"});
}

TEST_CASE("setting history: a removal ends it, for the entry and for all inside", "[unit][setting_history]") {
  const std::string base = "[set]\n\"a.b\" = 1\n[[event]]\nid = \"order\"\nlevel = 1\n";
  const std::string upper = "remove = [\"event.order\", \"set.a.b\"]\n";
  CHECK(followed(base, upper, "event.order") == Lines{"removed s.toml:5"});
  CHECK(followed(base, upper, "event.order.level") == Lines{"removed s.toml:5"});
  CHECK(followed(base, upper, "set.a.b") == Lines{"removed s.toml:5"});
  CHECK(followed(base, upper, "event.orders").empty());
}

TEST_CASE("setting history: a file that cannot be read is an error", "[unit][setting_history]") {
  CHECK_THROWS_AS(read_statements("/no-such-folder/s.toml"), Error);
}
