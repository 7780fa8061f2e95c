#include "sim/input/metric_expression.hpp"

#include <fmt/format.h>

#include "sim/base/text.hpp"
#include "sim/input/metric_grammar.hpp"

namespace chokepoint {
namespace expressions {
namespace {

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
    if (draft_.minuend) read_minuend(*draft_.minuend);
    for (const KeyValue& pair : draft_.selectors) {
      for (const Selector& earlier : result_.series.selectors) {
        if (earlier.key == pair.key.text)
          complain(pair.key.at, fmt::format("'{}' is selected twice", pair.key.text));
      }
      result_.series.selectors.push_back({pair.key.text, pair.value.text});
    }
  }

  void read_minuend(const Word& word) {
    result_.series.minuend = parse_number(word.text);
    if (!result_.series.minuend) complain(word.at, fmt::format("'{}' is too large", word.text));
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

MetricExpression interpret(const Draft& draft, const SourcePosition& where, Problems& problems) {
  return Interpreter(draft, where, problems).interpret();
}

}  // namespace expressions

MetricExpression parse_metric_expression(const std::string& text, const SourcePosition& where,
                                         Problems& problems) {
  expressions::Draft draft;
  tao::pegtl::memory_input in(text, "");
  try {
    tao::pegtl::parse<expressions::grammar::metric, expressions::Action, expressions::Control>(in, draft);
  } catch (const tao::pegtl::parse_error& error) {
    const std::size_t at = error.positions().front().byte;
    problems.add("E050", {where.path, where.line, where.column + at},
                 fmt::format("expected {} in '{}'", error.message(), text));
    return {};
  }
  return expressions::interpret(draft, where, problems);
}

}  // namespace chokepoint
