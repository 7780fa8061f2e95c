#include <fmt/format.h>

#include <limits>
#include <optional>
#include <set>

#include "sim/base/text.hpp"
#include "sim/input/event_reader.hpp"
#include "sim/input/event_writer.hpp"
#include "sim/input/scenario_quantity.hpp"
#include "sim/input/scenario_sections.hpp"
#include "sim/input/scenario_settings.hpp"
#include "sim/input/toml_merge.hpp"

namespace chokepoint {
namespace {

class OverrideReader {
 public:
  TypedOverrides read(const ScenarioOverrides& overrides) {
    if (!overrides.seed.empty()) assign("run.seed", overrides.seed, {"--seed", 0, 0});
    if (!overrides.replicates.empty()) assign("run.replicates", overrides.replicates, {"--replicates", 0, 0});
    for (const auto& text : overrides.sets) read_one(text);
    result_.precision = typed_precision(overrides.precision, problems_);
    if (problems_.any()) throw Error(ExitCode::command_line, join(problems_.errors(), "\n"));
    return std::move(result_);
  }

 private:
  void read_one(const std::string& text) {
    const SourcePosition where{"--set", 0, 0};
    const std::size_t equals = text.find('=');
    const std::string name = trim(text.substr(0, equals));
    if (equals == std::string::npos || name.empty()) {
      problems_.add("E061", where, fmt::format("'{}' is no override (write name=value)", text));
      return;
    }
    assign(name, trim(text.substr(equals + 1)), where);
  }

  void assign(const std::string& name, const std::string& value, const SourcePosition& where) {
    if (!given_.insert(name).second) {
      problems_.add("E036", where, fmt::format("'{}' is given twice on the command line", name));
    } else if (name == "run.seed") {
      result_.seed = whole(name, value, 0, std::numeric_limits<long long>::max(), where);
    } else if (name == "run.replicates") {
      result_.replicates = whole(name, value, 1, most_replicates, where);
    } else if (name == "run.max_replicates") {
      result_.max_replicates = whole(name, value, 1, most_replicates, where);
    } else if (name == "time.end") {
      result_.end = value;
      Scenario form_only;  // what depends on the file is checked when it has been read
      set_end(value, where, form_only, problems_);
    } else if (name == "time.as_of" || name.starts_with("event.") || name.starts_with("rule.")) {
      result_.records.push_back({name, value});
    } else {
      assign_parameter(name, value, where);
    }
  }

  std::optional<long long> whole(const std::string& name, const std::string& value, long long low,
                                 long long high, const SourcePosition& where) {
    const auto number = parse_integer(value);
    if (number && *number >= low && *number <= high) return number;
    problems_.add("E061", where,
                  fmt::format("'{}' = '{}' must be a whole number from {} to {}", name, value, low, high));
    return std::nullopt;
  }

  void assign_parameter(const std::string& name, const std::string& value, const SourcePosition& where) {
    const Field* field = fields_.find(name);
    if (field == nullptr) {
      problems_.add("E061", where,
                    fmt::format("unknown name '{}' (no parameter of this model){}", name,
                                suggested_parameter(name, {"run.seed", "run.replicates", "run.max_replicates",
                                                           "time.as_of", "time.end"})));
      return;
    }
    if (const auto money = foreign_money(field->unit, value)) {
      result_.settings.push_back({name, money->amount, where, "command line", money->currency});
      return;
    }
    const auto number = value_in_unit_of(*field, value, where, problems_);
    if (number && check_range(*field, *number, where, problems_)) {
      result_.settings.push_back({name, *number, where, "command line"});
    }
  }

  Parameters defaults_;
  FieldList fields_ = fields_of(defaults_);
  std::set<std::string> given_;
  TypedOverrides result_;
  Problems problems_;
};

std::optional<toml::table> parsed(const std::string& text, const std::string& path) {
  try {
    return toml::parse(text, path);
  } catch (const toml::parse_error&) {
    return std::nullopt;
  }
}

/// The typed text as `value` in a table of TOML, which says where it comes from. Empty for bytes that are no
/// text, and for lines that would say more than a value.
std::optional<toml::table> parse_value(const RecordOverride& one) {
  const std::string path = "--set " + one.path;
  auto table = parsed(fmt::format("value = {}", one.text), path);
  if (!table) table = parsed(fmt::format("value = {}", quoted(one.text)), path);
  if (table && table->size() != 1) return std::nullopt;
  return table;
}

/// Ids of a list of records, as paths.
void add_paths(const toml::table& file, const std::string& list, std::vector<std::string>& paths) {
  for (const std::string& id : event_ids(file.get(list))) paths.push_back(list + "." + id);
}

class RecordWriter {
 public:
  explicit RecordWriter(toml::table& file) : file_(file) {
    for (const char* list : {"event", "rule"}) add_paths(file, list, records_);
  }

  void write(const RecordOverride& one) {
    if (one.path == "time.as_of") return set(file_, one.path, one);
    for (const std::string& record : records_) {
      if (!one.path.starts_with(record + ".")) continue;
      const std::string list = record.substr(0, record.find('.'));
      toml::table* table = find_record(file_, list, record.substr(list.size() + 1));
      const std::string key = one.path.substr(record.size() + 1);
      if (key == "id" || key == "override") return complain(one, fmt::format("'{}' cannot be set", key));
      return set(*table, key, one);
    }
    const std::string id = one.path.substr(0, one.path.find('.', one.path.find('.') + 1));
    if (id == one.path) {
      complain(one, fmt::format("'{}' names no key (write {}.<key>=value)", one.path, one.path));
    } else {
      complain(one, fmt::format("unknown name '{}' (no such record of the scenario){}", id,
                                suggestion(id, records_)));
    }
  }

  void throw_if_any() const {
    if (problems_.any()) throw Error(ExitCode::command_line, join(problems_.errors(), "\n"));
  }

 private:
  /// Writes under a dotted key; what it goes through must be a table.
  void set(toml::table& table, const std::string& key, const RecordOverride& one) {
    const std::size_t dot = key.find('.');
    if (dot == std::string::npos) {
      auto typed = parse_value(one);
      if (!typed) {
        return complain(one, fmt::format("'{}' has no single value (found further lines, or bytes that are "
                                         "no UTF-8) write one value as in the file",
                                         one.path));
      }
      table.erase(key);
      toml::source_region where = typed->begin()->first.source();
      table.insert(toml::key(key, std::move(where)), std::move(*typed->get("value")));
      return;
    }
    const std::string head = key.substr(0, dot);
    toml::node* inner = table.get(head);
    if (inner == nullptr) {
      const std::vector<std::string> keys = keys_of(table);
      return complain(one, fmt::format("unknown name '{}' ('{}' is not there){}", one.path, head,
                                       suggestion(head, keys)));
    }
    if (!inner->is_table())
      return complain(one, fmt::format("'{}' in '{}' is {}", head, one.path, kind_of(*inner)));
    set(*inner->as_table(), key.substr(dot + 1), one);
  }

  static std::vector<std::string> keys_of(const toml::table& table) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : table) keys.emplace_back(key.str());
    return keys;
  }

  void complain(const RecordOverride& one, const std::string& message) {
    problems_.add("E061", {"--set " + one.path, 0, 0}, message);
  }

  toml::table& file_;
  std::vector<std::string> records_;
  Problems problems_;
};

}  // namespace

void lay_over_records(const std::vector<RecordOverride>& overrides, toml::table& file) {
  RecordWriter writer(file);
  for (const RecordOverride& one : overrides) writer.write(one);
  writer.throw_if_any();
}

TypedOverrides read_overrides(const ScenarioOverrides& overrides) { return OverrideReader().read(overrides); }

}  // namespace chokepoint
