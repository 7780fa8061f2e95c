#include "sim/input/condition.hpp"

#include <fmt/format.h>

#include <cctype>

#include "sim/input/condition_tree.hpp"

namespace chokepoint {
namespace {

using Kind = ConditionNode::Kind;

bool takes_conditions(Kind kind) {
  return kind == Kind::all_of || kind == Kind::any_of || kind == Kind::none_of;
}

/// Complains of values where conditions belong, and of conditions where values do.
void check_kinds(const Condition& condition, const ConditionNode& node, Problems& problems) {
  for (const ConditionNode& child : node.children) {
    if (is_logical(child.kind) == takes_conditions(node.kind)) {
      check_kinds(condition, child, problems);
    } else if (takes_conditions(node.kind)) {
      problems.add("E071", condition.at(child),
                   fmt::format("'{}' is a value (a condition must be true or false) compare it, as in "
                               "ai_access[region=HK] < 0.6",
                               condition.part(child)));
    } else {
      problems.add("E071", condition.at(child),
                   fmt::format("'{}' is true or false (a value is wanted here)", condition.part(child)));
    }
  }
}

void trim_ends(const std::string& text, ConditionNode& node) {
  while (node.end > node.column && std::isspace(static_cast<unsigned char>(text[node.end - 1])) != 0)
    --node.end;
  for (ConditionNode& child : node.children) trim_ends(text, child);
}

}  // namespace

bool is_logical(Kind kind) { return kind == Kind::fired || kind >= Kind::less; }

Condition parse_condition(const std::string& text, const SourcePosition& where, Problems& problems) {
  Condition condition{text, {}, where};
  conditions::Draft draft;
  tao::pegtl::memory_input in(text, "");
  const auto moved = [&](std::size_t at) {
    return SourcePosition{where.path, where.line, where.column + at};
  };
  try {
    tao::pegtl::parse<conditions::grammar::condition, conditions::Action, conditions::Control>(in, draft);
  } catch (const tao::pegtl::parse_error& error) {
    problems.add("E070", moved(error.positions().front().byte),
                 fmt::format("expected {} in \"{}\"", error.message(), text));
    return condition;
  } catch (const conditions::Refusal& refusal) {
    problems.add("E071", moved(refusal.at), refusal.message);
    return condition;
  }
  condition.root = draft.take();
  trim_ends(text, condition.root);
  ConditionNode whole;  // takes a condition
  whole.kind = Kind::all_of;
  whole.children.push_back(condition.root);
  check_kinds(condition, whole, problems);
  return condition;
}

}  // namespace chokepoint
