/// The grammar of conditions, and what was expected where a text does not follow it. The tree that it leaves
/// is made in condition_tree.hpp.
///
/// Rules that leave nodes are never tried twice: what could be mistaken is told apart by `at` first.
#pragma once

#include <tao/pegtl.hpp>

#include "sim/input/metric_grammar.hpp"

namespace chokepoint::conditions {

namespace pegtl = tao::pegtl;

namespace grammar {

using expressions::grammar::blank;
using expressions::grammar::digits;
using expressions::grammar::sign;
using expressions::grammar::value_text;
using pegtl::identifier;
using pegtl::must;

using word_and = TAO_PEGTL_KEYWORD("and");
using word_or = TAO_PEGTL_KEYWORD("or");
using word_not = TAO_PEGTL_KEYWORD("not");
using word_between = TAO_PEGTL_KEYWORD("between");
struct reserved : pegtl::sor<word_and, word_or, word_not, word_between> {};

struct any;
struct sum;
struct factor;

// numbers with units, dates
struct exponent : pegtl::seq<pegtl::one<'e', 'E'>, pegtl::opt<pegtl::one<'+', '-'>>, digits> {};
struct number_text : pegtl::seq<digits, pegtl::opt<pegtl::one<'.'>, digits>, pegtl::opt<exponent>> {};
struct unit_word : pegtl::seq<pegtl::not_at<reserved>, pegtl::alpha,
                              pegtl::star<pegtl::sor<pegtl::alnum, pegtl::one<'_', '/'>>>> {};
struct unit_text : pegtl::sor<pegtl::one<'%'>, pegtl::list<unit_word, pegtl::plus<pegtl::space>>> {};
struct quantity : pegtl::seq<number_text, blank, pegtl::opt<unit_text>, blank> {};
struct date_text : pegtl::seq<pegtl::rep<4, pegtl::digit>, pegtl::one<'-'>, pegtl::rep<2, pegtl::digit>,
                              pegtl::one<'-'>, pegtl::rep<2, pegtl::digit>> {};
struct quote : pegtl::one<'\'', '"'> {};
struct closing_quote : pegtl::seq<quote, blank> {};
struct quoted : pegtl::seq<quote, blank, quantity, must<closing_quote>> {};
struct today : pegtl::seq<TAO_PEGTL_KEYWORD("date"), pegtl::not_at<blank, pegtl::one<'[', '('>>> {};

// variables
struct variable : identifier {};
struct selector_key : identifier {};
struct selector_value : value_text {};
struct equals : sign<'='> {};
struct close_bracket : sign<']'> {};
struct selector : pegtl::seq<must<selector_key>, blank, must<equals>, must<selector_value>, blank> {};
struct selectors : pegtl::seq<sign<'['>, pegtl::list<selector, sign<','>>, must<close_bracket>> {};
struct reference : pegtl::seq<pegtl::not_at<reserved>, variable, blank, pegtl::opt<selectors>> {};

// functions
template <class Name>
struct head : pegtl::seq<pegtl::at<Name, blank, pegtl::one<'('>>, Name, blank, sign<'('>> {};
struct comma : sign<','> {};
struct close : sign<')'> {};
struct window : pegtl::sor<quoted, quantity> {};
struct sum_call;
struct series : pegtl::sor<sum_call, reference> {};
struct sum_call : pegtl::seq<head<TAO_PEGTL_KEYWORD("sum")>, must<series>, must<close>> {};
struct cum_call : pegtl::seq<head<TAO_PEGTL_KEYWORD("cum")>, must<series>, must<close>> {};
template <class Name>
struct windowed : pegtl::seq<head<Name>, must<series>, must<comma>, must<window>, must<close>> {};
struct change_call : windowed<TAO_PEGTL_KEYWORD("change")> {};
struct maximum_call : windowed<TAO_PEGTL_KEYWORD("max")> {};
struct minimum_call : windowed<TAO_PEGTL_KEYWORD("min")> {};
struct item : pegtl::plus<pegtl::sor<pegtl::alnum, pegtl::one<'_', '-', '.'>>> {};
struct item_text : pegtl::sor<pegtl::seq<quote, must<item>, must<closing_quote>>, pegtl::seq<item, blank>> {};
struct fired_call : pegtl::seq<head<TAO_PEGTL_KEYWORD("fired")>, must<item_text>, must<close>> {};
struct days_since_call : pegtl::seq<head<TAO_PEGTL_KEYWORD("days_since")>, must<item_text>, must<close>> {};
struct unknown_function : identifier {};
struct unknown_call : pegtl::seq<pegtl::at<identifier, blank, pegtl::one<'('>>, unknown_function> {};
struct call : pegtl::sor<change_call, maximum_call, minimum_call, cum_call, sum_call, fired_call,
                         days_since_call, unknown_call> {};

// operators
template <class Sign, class Operand>
struct tail : pegtl::seq<Sign, must<Operand>> {};
template <char... C>
struct symbol : pegtl::seq<pegtl::string<C...>, blank> {};
template <class Word>
struct spelled : pegtl::seq<Word, blank> {};

struct group : pegtl::seq<sign<'('>, must<any>, must<close>> {};
struct primary : pegtl::sor<group, pegtl::seq<date_text, blank>, quoted, quantity, pegtl::seq<today, blank>,
                            pegtl::seq<pegtl::not_at<reserved>, call>, reference> {};
struct minus : pegtl::seq<sign<'-'>, must<factor>> {};
struct factor : pegtl::sor<minus, primary> {};
struct times : tail<symbol<'*'>, factor> {};
struct over : tail<symbol<'/'>, factor> {};
struct product : pegtl::seq<factor, pegtl::star<pegtl::sor<times, over>>> {};
struct product_operand : product {};
struct plus : tail<symbol<'+'>, product_operand> {};
struct less_by : tail<symbol<'-'>, product_operand> {};
struct sum : pegtl::seq<product, pegtl::star<pegtl::sor<plus, less_by>>> {};
struct sum_operand : sum {};
struct at_most : tail<symbol<'<', '='>, sum_operand> {};
struct at_least : tail<symbol<'>', '='>, sum_operand> {};
struct below : tail<symbol<'<'>, sum_operand> {};
struct above : tail<symbol<'>'>, sum_operand> {};
struct same : tail<symbol<'=', '='>, sum_operand> {};
struct other : tail<symbol<'!', '='>, sum_operand> {};
struct joint : spelled<word_and> {};
struct inside : pegtl::seq<spelled<word_between>, must<sum_operand>, must<joint>, must<sum_operand>> {};
struct comparison
    : pegtl::seq<sum, pegtl::opt<pegtl::sor<at_most, at_least, below, above, same, other, inside>>> {};
struct negation;
struct negation_operand;
struct opposite : pegtl::seq<spelled<word_not>, must<negation_operand>> {};
struct negation : pegtl::sor<opposite, comparison> {};
struct negation_operand : negation {};
struct conjunct : tail<spelled<word_and>, negation_operand> {};
struct all : pegtl::seq<negation, pegtl::star<conjunct>> {};
struct all_operand : all {};
struct disjunct : tail<spelled<word_or>, all_operand> {};
struct any : pegtl::seq<all, pegtl::star<disjunct>> {};
struct whole : any {};  // the one that must be there
struct end : pegtl::eof {};
struct condition : pegtl::seq<blank, must<whole>, must<end>> {};

}  // namespace grammar

inline constexpr const char* a_value = "a value such as ai_access[region=HK], 0.6 or 2026-09-01";

template <class Rule>
inline constexpr const char* expectation = nullptr;
template <>
inline constexpr const char* expectation<grammar::whole> = "a comparison such as ai_access[region=HK] < 0.6";
template <>
inline constexpr const char* expectation<grammar::end> = "a comparison, 'and', 'or' or the end";
template <>
inline constexpr const char* expectation<grammar::any> = a_value;
template <>
inline constexpr const char* expectation<grammar::factor> = a_value;
template <>
inline constexpr const char* expectation<grammar::product_operand> = a_value;
template <>
inline constexpr const char* expectation<grammar::sum_operand> = a_value;
template <>
inline constexpr const char* expectation<grammar::negation_operand> = "a comparison";
template <>
inline constexpr const char* expectation<grammar::all_operand> = "a comparison";
template <>
inline constexpr const char* expectation<grammar::joint> = "'and' and the upper end";
template <>
inline constexpr const char* expectation<grammar::series> = "a variable such as ai_access[region=HK]";
template <>
inline constexpr const char* expectation<grammar::window> = "a window such as '26 w'";
template <>
inline constexpr const char* expectation<grammar::comma> = "',' and a window such as '26 w'";
template <>
inline constexpr const char* expectation<grammar::close> = "')'";
template <>
inline constexpr const char* expectation<grammar::closing_quote> = "the closing quotation mark";
template <>
inline constexpr const char* expectation<grammar::item> = "the id of an event or rule";
template <>
inline constexpr const char* expectation<grammar::item_text> = "the id of an event or rule";
template <>
inline constexpr const char* expectation<grammar::selector_key> = "a key to select by, such as region";
template <>
inline constexpr const char* expectation<grammar::selector_value> = "a value to select, such as HK";
template <>
inline constexpr const char* expectation<grammar::equals> = "'='";
template <>
inline constexpr const char* expectation<grammar::close_bracket> = "',' or ']'";

/// Only what `must` be there raises: the same rule may be one of several elsewhere.
struct Expectations {
  template <class Rule>
  static constexpr const char* message = expectation<Rule>;
  template <class Rule>
  static constexpr bool raise_on_failure = false;
};
template <class Rule>
using Control = pegtl::must_if<Expectations>::control<Rule>;

}  // namespace chokepoint::conditions
