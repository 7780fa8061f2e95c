/// One array of a run's state as bytes that tell what they are: for hashing, comparing and naming.
///
/// A field is a number, an array or a string of the state. Its shape says what an index counts, outermost
/// first, so that element 17 can be called "account 17 of line 2513.HK". Structs are never read as bytes:
/// what lies between their members is not state.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "sim/base/date.hpp"
#include "sim/base/integer.hpp"

namespace chokepoint {

/// What the index of an array counts.
enum class StateIndex : unsigned {
  none,
  account,
  line,
  investor_class,
  price_point,
  firm,
  vendor,
  model,
  cell,
  product,
  kind,
  menu,
  enterprise,
  researcher,
  nationality,
  region,
  desk,
  control,
  month,
  component,
  chip_channel,
  line_group,
  flow_kind,
  entry
};

enum class StateElement : unsigned { real, integer, natural, date };

struct StateField {
  std::string_view name;              ///< with its unit in brackets, where it has one
  std::array<StateIndex, 4> shape{};  ///< outermost first; the rest `none`
  StateElement element{};
  std::size_t bytes_each = 0;
  const void* data = nullptr;
  std::size_t count = 0;
  std::size_t members = 1;       ///< of the structs that `data` are: extent of the innermost index
  bool borrowed = true;          ///< data are the state's own, not a copy that lives for the call
  std::string_view part = {};    ///< tells fields of one name apart: "at T0"
  std::string_view list = {};    ///< the field belongs to an entry of this list ...
  std::size_t entry = no_entry;  ///< ... the one of this number

  static constexpr std::size_t no_entry = std::numeric_limits<std::size_t>::max();
  std::size_t bytes() const { return bytes_each * count; }
};

using StateVisitor = std::function<void(const StateField&)>;

/// Arrays of arrays of numbers are numbers in a row.
template <class T>
struct FlatNumbers {
  using Number = T;
  static constexpr std::size_t count = 1;
};
template <class T, std::size_t N>
struct FlatNumbers<std::array<T, N>> {
  using Number = typename FlatNumbers<T>::Number;
  static constexpr std::size_t count = N * FlatNumbers<T>::count;
};

/// Hands the members of structs to a visitor, one call per member.
class StateWalk {
 public:
  explicit StateWalk(const StateVisitor& visit) : visit_(visit) {}

  /// A number or an array of numbers of fixed size.
  template <class T, class... Index>
  void operator()(std::string_view name, const T& value, Index... shape) {
    numbers(name, &value, 1, true, shape...);
  }
  template <class T, class Allocator, class... Index>
  void operator()(std::string_view name, const std::vector<T, Allocator>& values, Index... shape) {
    numbers(name, values.data(), values.size(), true, shape...);
  }
  template <class T, class... Index>
  void operator()(std::string_view name, std::span<const T> values, Index... shape) {
    numbers(name, values.data(), values.size(), true, shape...);
  }
  /// The characters of a text.
  void operator()(std::string_view name, const std::string& text) {
    numbers(name, text.data(), text.size(), true, StateIndex::entry);
  }
  /// Two numbers: whether there is one, and which.
  void operator()(std::string_view name, const std::optional<double>& value) {
    const std::array<double, 2> copy{value ? 1.0 : 0.0, value.value_or(0.0)};
    numbers(name, &copy, 1, false, StateIndex::entry);
  }

  /// Structs of nothing but `Members` numbers of one type, in a row.
  template <class Number, std::size_t Members, class Structs, class... Index>
  void packed(std::string_view name, const Structs& structs, Index... shape) {
    using T = typename Structs::value_type;
    static_assert(sizeof(T) == Members * sizeof(Number), "a member was added or left out");
    static_assert(std::is_trivially_copyable_v<T>);
    visit(name, element_of<Number>(), sizeof(Number), std::data(structs), std::size(structs) * Members,
          Members, true, shape...);
  }

  /// What the fields that follow belong to; empty: to nothing that needs a name.
  void part(std::string_view name) { part_ = name; }

  /// How many entries there are, then the members of each by `walk(StateWalk&, const Entry&)`.
  template <class Entries>
  void list(std::string_view name, const Entries& entries) {
    const std::size_t size = entries.size();
    numbers(name, &size, 1, false);
    for (entry_ = 0; entry_ < size; ++entry_) {
      list_ = name;
      walk(*this, entries[entry_]);
    }
    list_ = {};
    entry_ = StateField::no_entry;
  }
  /// The same for entries that are arrays of numbers themselves.
  template <class Row, class... Index>
  void rows(std::string_view name, const std::vector<Row>& rows, Index... shape) {
    const std::size_t size = rows.size();
    numbers(name, &size, 1, false);
    for (entry_ = 0; entry_ < size; ++entry_) {
      list_ = name;
      (*this)("value", rows[entry_], shape...);
    }
    list_ = {};
    entry_ = StateField::no_entry;
  }

 private:
  template <class T, class... Index>
  void numbers(std::string_view name, const T* data, std::size_t size, bool borrowed, Index... shape) {
    using Number = typename FlatNumbers<T>::Number;
    static_assert(std::is_arithmetic_v<Number> || std::is_enum_v<Number> || std::is_same_v<Number, Wide> ||
                  std::is_same_v<Number, Date>);
    visit(name, element_of<Number>(), sizeof(Number), data, size * FlatNumbers<T>::count, 1, borrowed,
          shape...);
  }
  template <class... Index>
  void visit(std::string_view name, StateElement element, std::size_t bytes_each, const void* data,
             std::size_t count, std::size_t members, bool borrowed, Index... shape) {
    visit_({name, {shape...}, element, bytes_each, data, count, members, borrowed, part_, list_, entry_});
  }
  template <class Number>
  static constexpr StateElement element_of() {
    if constexpr (std::is_same_v<Number, Date>) {
      return StateElement::date;
    } else if constexpr (std::is_floating_point_v<Number>) {
      return StateElement::real;
    } else if constexpr (std::is_same_v<Number, Wide>) {
      return StateElement::integer;
    } else if constexpr (std::is_enum_v<Number>) {
      return StateElement::natural;
    } else {
      return std::is_signed_v<Number> ? StateElement::integer : StateElement::natural;
    }
  }

  const StateVisitor& visit_;
  std::string_view part_ = {};
  std::string_view list_ = {};
  std::size_t entry_ = StateField::no_entry;
};

}  // namespace chokepoint
