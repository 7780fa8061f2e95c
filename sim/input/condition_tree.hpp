/// What the grammar of conditions leaves: nodes on a stack, from which an operator takes its operands.
#pragma once

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "sim/base/text.hpp"
#include "sim/input/condition.hpp"
#include "sim/input/condition_grammar.hpp"
#include "sim/input/scenario_quantity.hpp"

namespace chokepoint::conditions {

using Kind = ConditionNode::Kind;

/// Something well-formed that has no meaning; ends the reading.
struct Refusal {
  std::size_t at = 0;
  std::string message;
};

struct Draft {
  std::vector<ConditionNode> stack;
  std::string key;  ///< of the selector that is being read

  ConditionNode take() {
    ConditionNode node = std::move(stack.back());
    stack.pop_back();
    return node;
  }
};

template <class Rule>
struct Action : pegtl::nothing<Rule> {};

/// Where a match begins, and where what it says ends.
template <class Input>
void place(const Input& in, ConditionNode& node) {
  node.column = in.position().byte;
  node.end = node.column + in.size();
}

template <class Input>
ConditionNode& push(Kind kind, const Input& in, Draft& draft) {
  ConditionNode& node = draft.stack.emplace_back();
  node.kind = kind;
  place(in, node);
  return node;
}

template <>
struct Action<grammar::number_text> {
  template <class Input>
  static void apply(const Input& in, Draft& draft) {
    const auto value = parse_number(in.string());
    if (!value) throw Refusal{in.position().byte, fmt::format("'{}' is too large", in.string())};
    push(Kind::number, in, draft).number = *value;
  }
};
template <>
struct Action<grammar::unit_text> {
  template <class Input>
  static void apply(const Input& in, Draft& draft) {
    draft.stack.back().unit = in.string();
    draft.stack.back().end = in.position().byte + in.size();
  }
};
template <>
struct Action<grammar::date_text> {
  template <class Input>
  static void apply(const Input& in, Draft& draft) {
    const auto date = parse_date(in.string());
    if (!date) throw Refusal{in.position().byte, fmt::format("'{}' is no date", in.string())};
    push(Kind::date, in, draft).date = *date;
  }
};
template <>
struct Action<grammar::today> {
  template <class Input>
  static void apply(const Input& in, Draft& draft) {
    push(Kind::today, in, draft);
  }
};

template <>
struct Action<grammar::variable> {
  template <class Input>
  static void apply(const Input& in, Draft& draft) {
    push(Kind::variable, in, draft).series.variable = in.string();
  }
};
template <>
struct Action<grammar::selector_key> {
  template <class Input>
  static void apply(const Input& in, Draft& draft) {
    draft.key = in.string();
    for (const Selector& earlier : draft.stack.back().series.selectors) {
      if (earlier.key != draft.key) continue;
      throw Refusal{in.position().byte, fmt::format("'{}' is selected twice", draft.key)};
    }
  }
};
template <>
struct Action<grammar::selector_value> {
  template <class Input>
  static void apply(const Input& in, Draft& draft) {
    draft.stack.back().series.selectors.push_back({draft.key, in.string()});
  }
};
template <>
struct Action<grammar::reference> {
  template <class Input>
  static void apply(const Input& in, Draft& draft) {
    place(in, draft.stack.back());
  }
};

/// A function of a series says what its node becomes.
template <Kind K>
struct Becomes {
  template <class Input>
  static void apply(const Input& in, Draft& draft) {
    draft.stack.back().kind = K;
    place(in, draft.stack.back());
  }
};
template <>
struct Action<grammar::sum_call> : Becomes<Kind::variable> {};
template <>
struct Action<grammar::cum_call> : Becomes<Kind::cumulated> {};
template <>
struct Action<grammar::fired_call> : Becomes<Kind::fired> {};
template <>
struct Action<grammar::days_since_call> : Becomes<Kind::days_since> {};
template <Kind K>
struct OverWindow {
  template <class Input>
  static void apply(const Input& in, Draft& draft) {
    const ConditionNode window = draft.take();
    const auto days = duration_in_days(fmt::format("{} {}", window.number, window.unit));
    if (!days || !(*days > 0.0)) {
      throw Refusal{window.column,
                    "the window must be a time in days or weeks, such as '26 w' (months and "
                    "years have no fixed length)"};
    }
    draft.stack.back().window_days = *days;
    Becomes<K>::apply(in, draft);
  }
};
template <>
struct Action<grammar::change_call> : OverWindow<Kind::change> {};
template <>
struct Action<grammar::maximum_call> : OverWindow<Kind::maximum> {};
template <>
struct Action<grammar::minimum_call> : OverWindow<Kind::minimum> {};
template <>
struct Action<grammar::item> {
  template <class Input>
  static void apply(const Input& in, Draft& draft) {
    push(Kind::fired, in, draft).item = in.string();
  }
};
template <>
struct Action<grammar::unknown_function> {
  template <class Input>
  static void apply(const Input& in, Draft&) {
    const std::string name = in.string();
    if (name == "effect" || name == "pct_effect") {
      throw Refusal{in.position().byte,
                    fmt::format("'{}' compares arms (a rule sees one world only, its own) compare with a "
                                "value of T0 or use change(...)",
                                name)};
    }
    const std::vector<std::string> known{"change", "cum", "max", "min", "sum", "days_since", "fired"};
    throw Refusal{in.position().byte, fmt::format("unknown function '{}' (known: {}){}", name,
                                                  join(known, ", "), suggestion(name, known))};
  }
};

/// An operator takes its two operands; a third `and` or `or` joins the list of the first two.
template <Kind K>
struct Combine {
  template <class Input>
  static void apply(const Input&, Draft& draft) {
    ConditionNode right = draft.take();
    ConditionNode left = draft.take();
    const bool list = K == Kind::all_of || K == Kind::any_of;
    ConditionNode& node = draft.stack.emplace_back();
    node.kind = K;
    node.column = left.column;
    node.end = right.end;
    if (list && left.kind == K) {
      node.children = std::move(left.children);
    } else {
      node.children.push_back(std::move(left));
    }
    node.children.push_back(std::move(right));
  }
};
template <>
struct Action<grammar::times> : Combine<Kind::multiply> {};
template <>
struct Action<grammar::over> : Combine<Kind::divide> {};
template <>
struct Action<grammar::plus> : Combine<Kind::add> {};
template <>
struct Action<grammar::less_by> : Combine<Kind::subtract> {};
template <>
struct Action<grammar::at_most> : Combine<Kind::less_equal> {};
template <>
struct Action<grammar::at_least> : Combine<Kind::greater_equal> {};
template <>
struct Action<grammar::below> : Combine<Kind::less> {};
template <>
struct Action<grammar::above> : Combine<Kind::greater> {};
template <>
struct Action<grammar::same> : Combine<Kind::equal> {};
template <>
struct Action<grammar::other> : Combine<Kind::not_equal> {};
template <>
struct Action<grammar::conjunct> : Combine<Kind::all_of> {};
template <>
struct Action<grammar::disjunct> : Combine<Kind::any_of> {};
template <>
struct Action<grammar::inside> {
  template <class Input>
  static void apply(const Input&, Draft& draft) {
    ConditionNode high = draft.take();
    ConditionNode low = draft.take();
    ConditionNode value = draft.take();
    ConditionNode& node = draft.stack.emplace_back();
    node.kind = Kind::between;
    node.column = value.column;
    node.end = high.end;
    node.children = {std::move(value), std::move(low), std::move(high)};
  }
};
template <Kind K>
struct Wrap {
  template <class Input>
  static void apply(const Input& in, Draft& draft) {
    ConditionNode inner = draft.take();
    ConditionNode& node = push(K, in, draft);
    node.end = inner.end;
    node.children.push_back(std::move(inner));
  }
};
template <>
struct Action<grammar::minus> : Wrap<Kind::negate> {};
template <>
struct Action<grammar::opposite> : Wrap<Kind::none_of> {};
/// A sum in parentheses begins and ends with them.
template <>
struct Action<grammar::group> {
  template <class Input>
  static void apply(const Input& in, Draft& draft) {
    if (!is_logical(draft.stack.back().kind)) place(in, draft.stack.back());
  }
};

}  // namespace chokepoint::conditions
