#include "sim/input/scenario_keys.hpp"

namespace chokepoint {
namespace {

constexpr bool must = true;
constexpr bool may = false;

constexpr KeyRow rows[]{
    {"", "schema", must, "schema", "kind and version of the file"},
    {"", "id", must, "id", "name of the scenario"},
    {"", "title", must, "text", "one line"},
    {"", "summary", may, "text", "what is asked, in a few sentences"},
    {"", "tags", may, "texts", "words to find it by"},
    {"", "kind", may, "kind", "a base is to be extended only"},
    {"", "extends", may, "texts", "files beneath this one, relative to it, from left to right"},
    {"", "remove", may, "texts",
     "entries taken away after merging, such as event.<id>, arm.<id>, set.<parameter>"},
    {"", "time", must, "time", "from when to when"},
    {"", "data", must, "data", "where the tables are"},
    {"", "run", must, "run", "how many replicates"},
    {"", "output", must, "output", "what is written"},
    {"", "set", may, "set", "parameters away from their defaults"},
    {"", "why", may, "why", "reasons for the parameters in [set]"},
    {"", "event", may, "events", "who announced what, when"},
    {"", "rule", may, "rules", "who announces what when something is seen"},
    {"", "package", may, "packages", "instruments that are adopted together"},
    {"", "arm", must, "arms", "what differs between runs"},
    {"", "metric", may, "metrics", "one number per replicate"},
    {"", "check", may, "checks", "what results must bear out"},
    {"", "decompose", may, "decompose", "parts that an arm's effect is split over"},
    {"", "backtest", may, "backtest", "what was observed"},

    {"time", "as_of", must, "date", "date of the last close that is known"},
    {"time", "end", must, "end", "sessions counted from as_of, or a date"},

    {"data", "dir", must, "text", "folder of the tables, from where the program is started"},
    {"data", "overlay", may, "text", "a CSV that replaces or adds rows"},
    {"data", "calibration", may, "text", "folder of a fit that beliefs are drawn from"},
    {"data", "structural", may, "text", "table of priors of what no past event tells"},
    {"data", "market", may, "truth", "false: no lines of shares"},
    {"data", "vintages", may, "text",
     "folder of light vintages: the world is that of as_of, lines of shares alone"},
    {"data", "fit_without", may, "text", "episode that the fit in use left out"},

    {"run", "seed", must, "whole", "of the random numbers"},
    {"run", "replicates", must, "replicates", "runs of each arm"},
    {"run", "precision", may, "numbers_by_name", "half-width wanted of a metric's mean effect, by its id"},
    {"run", "max_replicates", may, "replicates", "where precision gives up"},
    {"run", "probes", may, "replicates", "replicates in which each event is left out to prove what it does"},

    {"output", "quantiles", must, "quantiles", "ascending, between 0 and 1"},

    {"event", "id", must, "event_id", "name of the event"},
    {"event", "group", may, "id", "beginning of the id: events that arms exclude together by it"},
    {"event", "announced", must, "moment", "date, time and offset from UTC"},
    {"event", "actor", must, "actor", "firm:<id> or regulator:<id>"},
    {"event", "attention", may, "attention", "how widely it was noticed"},
    {"event", "source", must, "text", "where it can be looked up"},
    {"event", "override", may, "truth", "changes the event of this id in a file that is extended"},
    {"event", "effective", may, "date", "when law takes hold; at the announcement without it"},
    {"event", "probability", may, "share", "chance that it happens, once per replicate"},
    {"event", "hazard", may, "text", "rate at which it comes, such as \"0.1 per mo\""},

    {"measure", "force", may, "force", "how firmly it binds"},
    {"measure", "level", may, "level", "share of the class that is covered"},
    {"measure", "duration", may, "duration", "open_ended, or days such as \"90 d\""},
    {"measure", "continues", may, "text", "first event of the measure that this one changes"},
    {"measure", "prior", may, "prior", "what had been reported before"},
    {"measure", "before", may, "bite", "what a measure's first event finds in force"},
    {"measure", "feared", may, "bite", "what earlier reports described"},

    {"bite", "force", must, "force", "how firmly it binds"},
    {"bite", "level", must, "level", "share of the class that is covered"},
    {"bite", "duration", must, "duration", "open_ended, or days such as \"90 d\""},

    {"rule", "id", must, "id", "name of the rule"},
    {"rule", "doc", may, "text", "what it stands for"},
    {"rule", "actor", must, "actor", "who announces"},
    {"rule", "when", must, "text", "condition on what the actor can see"},
    {"rule", "for", may, "text", "how long the condition must hold without a break, such as \"4w\""},
    {"rule", "delay", may, "text", "from the trigger to the announcement, such as \"180 d\""},
    {"rule", "hazard", may, "text", "rate of acting while the condition holds, such as \"0.1 per mo\""},
    {"rule", "until", may, "text", "condition that ends the measures"},
    {"rule", "max_fires", may, "count", "how often it may fire"},
    {"rule", "adopt", may, "text", "package.<id>"},
    {"rule", "measures", may, "measures", "instruments announced together"},
    {"rule", "override", may, "truth", "changes the rule of this id in a file that is extended"},

    {"package", "measures", must, "measures", "instruments announced together"},
    {"package", "override", may, "truth", "changes the package of this id in a file that is extended"},

    {"arm", "label", may, "text", "for tables"},
    {"arm", "exclude", may, "texts", "ids of events and rules that are no part of it"},
    {"arm", "replace", may, "replace", "keys of events and rules that are others in this arm, by id"},
    {"arm", "set", may, "set", "parameters of this arm"},
    {"arm", "reference", may, "truth", "effects are differences from it; true in one arm"},

    {"metric", "id", must, "id", "name of the metric"},
    {"metric", "label", may, "text", "for tables"},
    {"metric", "expr", must, "text", "a call around one variable"},
    {"metric", "unit", must, "text", "unit of the number"},
    {"metric", "override", may, "truth", "changes the metric of this id in a file that is extended"},

    {"check", "id", must, "id", "name of the check"},
    {"check", "expect", must, "text", "reduce(<metric>, arm='<arm>') <comparison> <number>"},
    {"check", "level", must, "check_level", "an error ends the program with exit code 4"},
    {"check", "override", may, "truth", "changes the check of this id in a file that is extended"},

    {"decompose", "arm", must, "text", "whose effect is split"},
    {"decompose", "parts", must, "parts", "ids of events and rules, by part"},

    {"backtest", "observed", must, "text", "a CSV of observed ratios"},
    {"backtest", "arm", must, "text", "printed beside them"},
};

}  // namespace

std::span<const KeyRow> scenario_keys() { return rows; }

}  // namespace chokepoint
