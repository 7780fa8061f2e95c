/// The grammar of metric expressions and what it finds, for those who read expressions: metrics and checks.
///
/// A grammar that builds on this one adds its own rules, their `expectation` and their `Action`.
#pragma once

#include <optional>
#include <string>
#include <tao/pegtl.hpp>
#include <vector>

#include "sim/input/metric_expression.hpp"

namespace chokepoint::expressions {

namespace pegtl = tao::pegtl;

/// A word of the expression and where it begins (bytes from the start of the text).
struct Word {
  std::string text;
  std::size_t at = 0;
};

struct KeyValue {
  Word key;
  Word value;
};

/// What the grammar finds, before anything is said about its meaning.
struct Draft {
  std::vector<Word> functions;  ///< outermost first
  std::optional<Word> minuend;  ///< the number that the series are taken from
  std::optional<Word> variable;
  std::vector<KeyValue> selectors;
  std::vector<KeyValue> arguments;
  Word key;  ///< of the pair being read
};

namespace grammar {

struct blank : pegtl::star<pegtl::space> {};
template <char C>
struct sign : pegtl::seq<pegtl::one<C>, blank> {};
struct word : pegtl::identifier {};
struct value_text : pegtl::plus<pegtl::sor<pegtl::alnum, pegtl::one<'_', '.', '-'>>> {};

struct digits : pegtl::plus<pegtl::digit> {};
struct number : pegtl::seq<digits, pegtl::opt<pegtl::one<'.'>, digits>> {};

struct function : word {};
struct minuend : number {};
struct minus : sign<'-'> {};
struct variable : word {};
struct selector_key : word {};
struct selector_value : value_text {};
struct argument_key : word {};
struct argument_value : value_text {};
struct equals : sign<'='> {};
struct open : sign<'('> {};
struct close : sign<')'> {};
struct end : pegtl::eof {};
struct close_bracket : sign<']'> {};
struct call;

struct selector
    : pegtl::seq<pegtl::must<selector_key>, blank, pegtl::must<equals>, pegtl::must<selector_value>, blank> {
};
struct selectors : pegtl::if_must<sign<'['>, pegtl::list<selector, sign<','>>, close_bracket> {};
struct reference : pegtl::seq<pegtl::must<variable>, blank, pegtl::opt<selectors>> {};
struct constant : pegtl::seq<minuend, blank, pegtl::must<minus>> {};
struct inner : pegtl::sor<call, pegtl::seq<pegtl::opt<constant>, reference>> {};
struct argument
    : pegtl::seq<pegtl::must<argument_key>, blank, pegtl::must<equals>, pegtl::must<argument_value>, blank> {
};
struct arguments : pegtl::star<sign<','>, argument> {};
struct call_head : pegtl::seq<pegtl::at<word, blank, pegtl::one<'('>>, function, blank, open> {};
struct call : pegtl::seq<call_head, inner, arguments, pegtl::must<close>> {};
struct outermost_call : call {};  // the one that must be there
struct metric : pegtl::seq<blank, pegtl::must<outermost_call>, pegtl::must<end>> {};

}  // namespace grammar

template <class Rule>
inline constexpr const char* expectation = nullptr;
template <>
inline constexpr const char* expectation<grammar::selector_key> = "a key to select by, such as firm";
template <>
inline constexpr const char* expectation<grammar::selector_value> = "a value to select, such as zhipu";
template <>
inline constexpr const char* expectation<grammar::argument_key> = "at=, from= or to=";
template <>
inline constexpr const char* expectation<grammar::argument_value> = "a date such as 2026-06-22";
template <>
inline constexpr const char* expectation<grammar::equals> = "'='";
template <>
inline constexpr const char* expectation<grammar::variable> = "a variable such as market_cap";
template <>
inline constexpr const char* expectation<grammar::minus> = "'-' and a variable";
template <>
inline constexpr const char* expectation<pegtl::list<grammar::selector, grammar::sign<','>>> = "selectors";
template <>
inline constexpr const char* expectation<grammar::close_bracket> = "',' or ']'";
template <>
inline constexpr const char* expectation<grammar::close> = "',' or ')'";
template <>
inline constexpr const char* expectation<grammar::outermost_call> =
    "effect(...), pct_effect(...), level(...), max(...) or min(...)";
template <>
inline constexpr const char* expectation<grammar::end> = "the end of the expression";

struct Expectations {
  template <class Rule>
  static constexpr const char* message = expectation<Rule>;
};
template <class Rule>
using Control = pegtl::must_if<Expectations>::control<Rule>;

template <class Rule>
struct Action : pegtl::nothing<Rule> {};

template <class Input>
Word word_of(const Input& in) {
  return {in.string(), in.position().byte};
}

template <>
struct Action<grammar::function> {
  template <class Input>
  static void apply(const Input& in, Draft& draft) {
    draft.functions.push_back(word_of(in));
  }
};
template <>
struct Action<grammar::minuend> {
  template <class Input>
  static void apply(const Input& in, Draft& draft) {
    draft.minuend = word_of(in);
  }
};
template <>
struct Action<grammar::variable> {
  template <class Input>
  static void apply(const Input& in, Draft& draft) {
    draft.variable = word_of(in);
  }
};
template <>
struct Action<grammar::selector_key> {
  template <class Input>
  static void apply(const Input& in, Draft& draft) {
    draft.key = word_of(in);
  }
};
template <>
struct Action<grammar::selector_value> {
  template <class Input>
  static void apply(const Input& in, Draft& draft) {
    draft.selectors.push_back({draft.key, word_of(in)});
  }
};
template <>
struct Action<grammar::argument_key> : Action<grammar::selector_key> {};
template <>
struct Action<grammar::argument_value> {
  template <class Input>
  static void apply(const Input& in, Draft& draft) {
    draft.arguments.push_back({draft.key, word_of(in)});
  }
};

/// The meaning of what was found. Complaints carry the position of `where` moved to the offending character.
MetricExpression interpret(const Draft& draft, const SourcePosition& where, Problems& problems);

}  // namespace chokepoint::expressions
