#include "sim/input/toml_layers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "sim/base/text.hpp"
#include "sim/input/toml_merge.hpp"
#include "sim/input/toml_statements.hpp"
#include "sim/input/toml_table.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view schema_name = "chokepoint.scenario/";
constexpr long long schema_major = 1;

/// True when the file can be read by this version.
bool check_schema(TomlTable& file, Problems& problems) {
  std::string schema;
  if (!file.read("schema", schema, Presence::required)) return false;
  const SourcePosition where = file.position("schema");
  const auto major = schema.starts_with(schema_name) ? parse_integer(schema.substr(schema_name.size()))
                                                     : std::optional<long long>();
  if (!major || *major < 1) {
    problems.add("E011", where,
                 fmt::format("schema '{}' is no scenario's (write \"chokepoint.scenario/1\")", schema));
    return false;
  }
  if (*major > schema_major) {
    problems.add("E011", where,
                 fmt::format("schema '{}' is newer than this program (which reads {}{}) use a newer program",
                             schema, schema_name, schema_major));
    return false;
  }
  return true;
}

class LayerReader {
 public:
  explicit LayerReader(Problems& problems) : problems_(problems) {}

  LayeredToml read(const std::string& path) {
    LayeredToml result;
    result.table = layer(path, {path, 0, 0}, true);
    result.layers = std::move(layers_);
    result.statements = std::move(statements_);
    result.is_base = is_base_;
    result.complete = complete_;
    return result;
  }

 private:
  /// One file with everything it extends.
  toml::table layer(const std::string& path, const SourcePosition& named_at, bool last) {
    const std::string canonical = fs::weakly_canonical(path).string();
    if (std::find(open_.begin(), open_.end(), canonical) != open_.end()) {
      problems_.add("E013", named_at, fmt::format("'{}' extends itself (the chain comes back to it)", path));
      return incomplete();
    }
    auto own = parse_toml_file(path, named_at, problems_);
    if (!own) return incomplete();
    TomlTable file(*own, {path, 1, 1}, "scenario file", problems_);
    if (!check_schema(file, problems_)) return incomplete();
    const std::vector<Removal> removals = read_removals(file);
    read_kind(file, last);
    open_.push_back(canonical);
    toml::table merged;
    for (const auto& [base, where] : read_extends(file, path))
      merge_tables(merged, layer(base, where, false), problems_);
    open_.pop_back();
    layers_.push_back(path);
    if (!complete_) return merged;
    for (const char* key : {"schema", "extends", "remove", "kind"}) own->erase(key);
    if (!last) drop_name(*own, file);
    note_statements(*own, removals);
    merge_tables(merged, std::move(*own), problems_);
    remove_entries(merged, removals, problems_);
    return merged;
  }

  toml::table incomplete() {
    complete_ = false;
    return {};
  }

  std::vector<std::pair<std::string, SourcePosition>> read_extends(TomlTable& file, const std::string& path) {
    std::vector<std::string> names;
    std::vector<std::pair<std::string, SourcePosition>> result;
    if (!file.read("extends", names, Presence::optional)) {
      complete_ = complete_ && file.find("extends", Presence::optional) == nullptr;
      return result;
    }
    const toml::array& nodes = *file.find("extends", Presence::optional)->as_array();
    for (std::size_t i = 0; i < names.size(); ++i) {
      const fs::path base = (fs::path(path).parent_path() / names[i]).lexically_normal();
      result.emplace_back(base.string(), position_of(nodes[i].source()));
    }
    return result;
  }

  std::vector<Removal> read_removals(TomlTable& file) {
    std::vector<std::string> names;
    std::vector<Removal> result;
    if (!file.read("remove", names, Presence::optional)) return result;
    const toml::array& nodes = *file.find("remove", Presence::optional)->as_array();
    for (std::size_t i = 0; i < names.size(); ++i)
      result.push_back({names[i], position_of(nodes[i].source())});
    return result;
  }

  void note_statements(const toml::table& own, const std::vector<Removal>& removals) {
    for (Statement& one : statements_of(own)) statements_.push_back(std::move(one));
    for (const Removal& removal : removals)
      statements_.push_back({Statement::Kind::removal, removal.path, "", removal.where});
  }

  void read_kind(TomlTable& file, bool last) {
    std::string kind;
    if (!file.read("kind", kind, Presence::optional)) return;
    if (kind != "base") {
      problems_.add("E034", file.position("kind"),
                    fmt::format("kind '{}' is unknown (write \"base\" or leave it out)", kind));
    } else if (last) {
      is_base_ = true;
    }
  }

  /// A file that is extended has a name of its own, which says nothing of the scenario.
  void drop_name(toml::table& own, TomlTable& file) {
    std::string name;
    file.read("id", name, Presence::required);
    file.read("title", name, Presence::required);
    own.erase("id");
    own.erase("title");
  }

  Problems& problems_;
  std::vector<std::string> open_;  // canonical paths from the first file to the present one
  std::vector<std::string> layers_;
  std::vector<Statement> statements_;
  bool is_base_ = false;
  bool complete_ = true;
};

}  // namespace

std::vector<Statement> read_statements(const std::string& path) {
  Problems problems;
  std::vector<Statement> statements = read_layers(path, problems).statements;
  problems.throw_if_any();
  return statements;
}

LayeredToml read_layers(const std::string& path, Problems& problems) {
  return LayerReader(problems).read(path);
}

}  // namespace chokepoint
