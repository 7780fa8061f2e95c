#include "sim/input/metric_expression.hpp"

#include <fmt/format.h>

#include <optional>
#include <tao/pegtl.hpp>

#include "sim/base/text.hpp"

namespace chokepoint {
namespace {

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

struct function : word {};
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
struct inner : pegtl::sor<call, reference> {};
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

/// Turns the words of a well-formed expression into its meaning.
class Interpreter {
 public:
  Interpreter(const Draft& draft, const SourcePosition& where, Problems& problems)
      : draft_(draft), where_(where), problems_(problems) {}

  MetricExpression interpret() {
    read_functions();
    read_selectors();
    read_time();
    return std::move(result_);
  }

 private:
  void complain(std::size_t at, const std::string& message) {
    problems_.add("E056", {where_.path, where_.line, where_.column + at}, message);
  }

  /// form? reduction? aggregate?, in this order.
  void read_functions() {
    using Form = MetricExpression::Form;
    using Reduce = MetricExpression::Reduce;
    int stage = 0;
    for (const Word& word : draft_.functions) {
      int place = 1;
      if (word.text == "effect" || word.text == "pct_effect" || word.text == "level") {
        result_.form = word.text == "effect"  ? Form::effect
                       : word.text == "level" ? Form::level
                                              : Form::pct_effect;
      } else if (word.text == "max" || word.text == "min") {
        result_.reduce = word.text == "max" ? Reduce::maximum : Reduce::minimum;
        place = 2;
      } else if (word.text == "sum" || word.text == "cum") {
        result_.series.cumulative = word.text == "cum";
        place = 3;
      } else {
        complain(word.at, fmt::format("unknown function '{}'{}", word.text,
                                      suggestion(word.text, {"effect", "pct_effect", "level", "max", "min",
                                                             "sum", "cum"})));
        unreadable_ = true;
        continue;
      }
      if (place <= stage) {
        complain(word.at, fmt::format("'{}' cannot stand inside '{}' (order: effect, then max, then sum)",
                                      word.text, last_));
      }
      stage = std::max(stage, place);
      last_ = word.text;
    }
    const std::string& first = draft_.functions.front().text;
    if (first == "sum" || first == "cum") {
      complain(draft_.functions.front().at,
               fmt::format("'{}' says neither when nor against what (write level({}(...), at=...))", first,
                           first));
    }
  }

  void read_selectors() {
    result_.series.variable = draft_.variable->text;
    for (const KeyValue& pair : draft_.selectors) {
      for (const Selector& earlier : result_.series.selectors) {
        if (earlier.key == pair.key.text)
          complain(pair.key.at, fmt::format("'{}' is selected twice", pair.key.text));
      }
      result_.series.selectors.push_back({pair.key.text, pair.value.text});
    }
  }

  void read_time() {
    std::optional<Date> at, from, to;
    for (const KeyValue& pair : draft_.arguments) {
      std::optional<Date>* slot = pair.key.text == "at"     ? &at
                                  : pair.key.text == "from" ? &from
                                  : pair.key.text == "to"   ? &to
                                                            : nullptr;
      const auto date = parse_date(pair.value.text);
      if (slot == nullptr) {
        complain(pair.key.at, fmt::format("unknown argument '{}' (known: at, from, to){}", pair.key.text,
                                          suggestion(pair.key.text, {"at", "from", "to"})));
        unreadable_ = true;
      } else if (*slot) {
        complain(pair.key.at, fmt::format("'{}' is given twice", pair.key.text));
      } else if (!date) {
        complain(pair.value.at, fmt::format("'{}' is no date (write it as 2026-06-22)", pair.value.text));
        unreadable_ = true;
      }
      if (slot != nullptr && date) *slot = date;
    }
    if (!unreadable_) settle_time(at, from, to);
  }

  void settle_time(std::optional<Date> at, std::optional<Date> from, std::optional<Date> to) {
    const std::size_t start = draft_.functions.front().at;
    if (result_.reduce == MetricExpression::Reduce::at) {
      if (from || to) {
        complain(start, "from= and to= need max(...) or min(...) around the series");
      } else if (!at) {
        complain(start, "the date is missing (write at=2026-06-22)");
      }
      result_.from = result_.to = at.value_or(Date{});
      return;
    }
    if (at || !from || !to) {
      complain(start, fmt::format("'{}' needs from= and to=, and no at=", last_reduction()));
    } else if (*to < *from) {
      complain(start, "to= is before from=");
    }
    result_.from = from.value_or(Date{});
    result_.to = to.value_or(Date{});
  }

  const char* last_reduction() const {
    return result_.reduce == MetricExpression::Reduce::maximum ? "max" : "min";
  }

  const Draft& draft_;
  const SourcePosition& where_;
  Problems& problems_;
  MetricExpression result_;
  std::string last_;
  bool unreadable_ = false;
};

}  // namespace

MetricExpression parse_metric_expression(const std::string& text, const SourcePosition& where,
                                         Problems& problems) {
  Draft draft;
  pegtl::memory_input in(text, "");
  try {
    pegtl::parse<grammar::metric, Action, Control>(in, draft);
  } catch (const pegtl::parse_error& error) {
    const std::size_t at = error.positions().front().byte;
    problems.add("E050", {where.path, where.line, where.column + at},
                 fmt::format("expected {} in '{}'", error.message(), text));
    return {};
  }
  return Interpreter(draft, where, problems).interpret();
}

}  // namespace chokepoint
