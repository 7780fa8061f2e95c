#include "sim/input/check_expression.hpp"

#include <fmt/format.h>

#include <array>

#include "sim/base/text.hpp"
#include "sim/input/metric_grammar.hpp"

namespace chokepoint {
namespace expressions {

/// What the grammar of checks finds: the subject as in a metric when it is written out, and what stands
/// around it.
struct CheckDraft : Draft {
  Word reduce;
  Word magnitude;  ///< "abs", or empty
  Word subject;
  Word arm;
  Word comparison;
  Word bound;
};

namespace grammar {

struct reduce : word {};
struct opening : sign<'('> {};
struct metric_id : pegtl::plus<pegtl::sor<pegtl::alnum, pegtl::one<'_', '-'>>> {};
struct plain : pegtl::sor<call, pegtl::seq<metric_id, blank>> {};
struct magnitude : pegtl::string<'a', 'b', 's'> {};
struct magnitude_head
    : pegtl::seq<pegtl::at<magnitude, blank, pegtl::one<'('>>, magnitude, blank, sign<'('>> {};
struct magnitude_end : sign<')'> {};
struct subject : pegtl::sor<pegtl::if_must<magnitude_head, plain, magnitude_end>, plain> {};
struct comma : sign<','> {};
struct arm_key : pegtl::seq<pegtl::string<'a', 'r', 'm'>, blank> {};
struct quote : pegtl::one<'\''> {};
struct arm_id : pegtl::plus<pegtl::not_one<'\''>> {};
struct arm : pegtl::seq<pegtl::must<quote>, pegtl::must<arm_id>, pegtl::must<quote>, blank> {};
struct closing : sign<')'> {};
struct comparison : pegtl::sor<pegtl::string<'=', '='>, pegtl::string<'!', '='>, pegtl::string<'<', '='>,
                               pegtl::string<'>', '='>, pegtl::one<'<'>, pegtl::one<'>'>> {};
struct exponent : pegtl::seq<pegtl::one<'e', 'E'>, pegtl::opt<pegtl::one<'+', '-'>>, digits> {};
struct bound : pegtl::seq<pegtl::opt<pegtl::one<'-'>>, number, pegtl::opt<exponent>> {};
struct head : pegtl::seq<blank, pegtl::must<reduce>, blank, pegtl::must<opening>> {};
struct which : pegtl::seq<pegtl::must<subject>, pegtl::must<comma>, pegtl::must<arm_key>, pegtl::must<equals>,
                          arm, pegtl::must<closing>> {};
struct limit : pegtl::seq<pegtl::must<comparison>, blank, pegtl::must<bound>, blank> {};
struct check : pegtl::seq<head, which, limit, pegtl::must<end>> {};

}  // namespace grammar

template <>
inline constexpr const char* expectation<grammar::reduce> = "max(...), min(...), mean(...) or median(...)";
template <>
inline constexpr const char* expectation<grammar::opening> = "'('";
template <>
inline constexpr const char* expectation<grammar::subject> = "a metric or a metric expression";
template <>
inline constexpr const char* expectation<grammar::plain> = "a metric or a metric expression";
template <>
inline constexpr const char* expectation<grammar::magnitude_end> = "')'";
template <>
inline constexpr const char* expectation<grammar::comma> = "', arm='...''";
template <>
inline constexpr const char* expectation<grammar::arm_key> = "arm='...'";
template <>
inline constexpr const char* expectation<grammar::quote> = "a single quotation mark";
template <>
inline constexpr const char* expectation<grammar::arm_id> = "the id of an arm";
template <>
inline constexpr const char* expectation<grammar::closing> = "')'";
template <>
inline constexpr const char* expectation<grammar::comparison> = "==, !=, <, <=, > or >=";
template <>
inline constexpr const char* expectation<grammar::bound> = "a number";

/// Keeps the word that a rule matched.
template <Word CheckDraft::*Place>
struct Keep {
  template <class Input>
  static void apply(const Input& in, CheckDraft& draft) {
    draft.*Place = {trim(in.string()), in.position().byte};
  }
};
template <>
struct Action<grammar::reduce> : Keep<&CheckDraft::reduce> {};
template <>
struct Action<grammar::magnitude> : Keep<&CheckDraft::magnitude> {};
template <>
struct Action<grammar::plain> : Keep<&CheckDraft::subject> {};
template <>
struct Action<grammar::arm_id> : Keep<&CheckDraft::arm> {};
template <>
struct Action<grammar::comparison> : Keep<&CheckDraft::comparison> {};
template <>
struct Action<grammar::bound> : Keep<&CheckDraft::bound> {};

}  // namespace expressions

namespace {

using expressions::CheckDraft;

constexpr std::array<const char*, 4> reduce_words{"max", "min", "mean", "median"};
constexpr std::array<const char*, 6> comparison_words{"==", "!=", "<", "<=", ">", ">="};

SourcePosition moved(const SourcePosition& where, std::size_t bytes) {
  return {where.path, where.line, where.column + bytes};
}

template <std::size_t N>
std::size_t place_in(const std::array<const char*, N>& words, const std::string& word) {
  std::size_t at = 0;
  while (at < N && words[at] != word) ++at;
  return at;
}

std::optional<CheckExpression> interpret_check(const CheckDraft& draft, const SourcePosition& where,
                                               Problems& problems) {
  const std::size_t before = problems.errors().size();
  CheckExpression result;
  const std::size_t reduce = place_in(reduce_words, draft.reduce.text);
  if (reduce == reduce_words.size()) {
    problems.add("E057", moved(where, draft.reduce.at),
                 fmt::format("unknown function '{}' (known: max, min, mean, median){}", draft.reduce.text,
                             suggestion(draft.reduce.text, {reduce_words.begin(), reduce_words.end()})));
  }
  const auto bound = parse_number(draft.bound.text);
  if (!bound) {
    problems.add("E057", moved(where, draft.bound.at), fmt::format("'{}' is too large", draft.bound.text));
  }
  if (!draft.functions.empty()) result.written_out = expressions::interpret(draft, where, problems);
  if (problems.errors().size() > before) return std::nullopt;
  result.reduce = static_cast<CheckExpression::Reduce>(reduce);
  result.of_size = !draft.magnitude.text.empty();
  result.metric = draft.subject.text;
  result.metric_where = moved(where, draft.subject.at);
  result.arm = draft.arm.text;
  result.arm_where = moved(where, draft.arm.at);
  result.comparison =
      static_cast<CheckExpression::Comparison>(place_in(comparison_words, draft.comparison.text));
  result.bound = *bound;
  return result;
}

}  // namespace

bool holds(const CheckExpression& expected, double found) {
  using Comparison = CheckExpression::Comparison;
  switch (expected.comparison) {
    case Comparison::equal:
      return found == expected.bound;
    case Comparison::not_equal:
      return found != expected.bound;
    case Comparison::less:
      return found < expected.bound;
    case Comparison::at_most:
      return found <= expected.bound;
    case Comparison::greater:
      return found > expected.bound;
    case Comparison::at_least:
      return found >= expected.bound;
  }
  return false;
}

std::optional<CheckExpression> parse_check_expression(const std::string& text, const SourcePosition& where,
                                                      Problems& problems) {
  CheckDraft draft;
  tao::pegtl::memory_input in(text, "");
  try {
    tao::pegtl::parse<expressions::grammar::check, expressions::Action, expressions::Control>(in, draft);
  } catch (const tao::pegtl::parse_error& error) {
    problems.add("E057", moved(where, error.positions().front().byte),
                 fmt::format("expected {} in \"{}\"", error.message(), text));
    return std::nullopt;
  }
  return interpret_check(draft, where, problems);
}

}  // namespace chokepoint
