/// One line per parameter: name, place, unit, range, source. The only list of parameters there is:
/// reading, range checks, help, params.csv and the documentation all walk it.
#pragma once

#include <string>
#include <vector>

namespace chokepoint {

struct Field {
  std::string name;    ///< dotted path, as typed in [set] and --set
  double* value;       ///< where the value lives; its initialiser is the default
  std::string unit;    ///< "-" for a pure number
  double low;          ///< smallest value accepted
  double high;         ///< largest value accepted
  std::string source;  ///< a reference that was read, or a text that begins with "assumption"
  std::string meaning;
};

/// Passed to each mechanism's `fields` function, which appends its parameters.
class FieldList {
 public:
  void add(const std::string& name, double& value, const std::string& unit, double low, double high,
           const std::string& source, const std::string& meaning) {
    fields_.push_back({name, &value, unit, low, high, source, meaning});
  }
  const std::vector<Field>& all() const { return fields_; }
  const Field* find(const std::string& name) const {
    for (const auto& field : fields_) {
      if (field.name == name) return &field;
    }
    return nullptr;
  }
  std::vector<std::string> names() const {
    std::vector<std::string> result;
    for (const auto& field : fields_) result.push_back(field.name);
    return result;
  }

 private:
  std::vector<Field> fields_;
};

}  // namespace chokepoint
