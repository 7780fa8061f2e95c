#include "sim/input/event_descriptor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "sim/input/event_reader.hpp"
#include "sim/input/instrument_reader.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 4> direction_names{"restrict", "support", "release", "supply"};
constexpr std::array<std::string_view, 6> basis_names{"person",   "territory",          "ownership",
                                                      "end_user", "hardware_threshold", "none"};
constexpr std::array<std::string_view, 4> level_names{"quarter", "half", "three_quarters", "whole"};
constexpr std::array<std::string_view, 4> duration_names{"open_ended", "under_1_year", "1_to_3_years",
                                                         "over_3_years"};
constexpr std::array<double, 4> duration_years{0.0, 0.5, 2.0, 5.0};
constexpr std::array<std::string_view, 3> hour_names{"exact", "approximate", "unknown"};
/// A source of more days after the announcement knows what came of it.
constexpr int source_days = 60;

/// A word of a closed class as text; empty after a complaint.
template <std::size_t N>
std::string word_of(TomlTable& table, const char* key, const std::array<std::string_view, N>& allowed,
                    Presence presence, Problems& problems) {
  const auto at = read_word(table, key, allowed, presence, problems);
  return at ? std::string(allowed[*at]) : "";
}

Bite read_bite(TomlTable& table, Presence presence, Problems& problems) {
  Bite bite;
  if (const auto at = read_word(table, "force", force_names, presence, problems)) {
    bite.force = static_cast<Force>(*at);
  }
  if (const auto at = read_word(table, "level", level_names, presence, problems)) {
    bite.level = 0.25 * static_cast<double>(*at + 1);
  }
  const auto at = read_word(table, "duration", duration_names, presence, problems);
  if (at && *at > 0) bite.duration_days = duration_years[*at] * 365.25;
  return bite;
}

/// The first full date in an address: 2022/08/31, 2022-08-31.
std::optional<Date> date_in(const std::string& address) {
  for (std::size_t i = 0; i + 10 <= address.size(); ++i) {
    std::string text = address.substr(i, 10);
    if (text[4] == '/' && text[7] == '/') text[4] = text[7] = '-';
    if (const auto date = parse_date(text)) return date;
  }
  return std::nullopt;
}

class DescriptorReader {
 public:
  DescriptorReader(TomlTable& file, Problems& problems) : file_(file), problems_(problems) {}

  std::optional<Descriptor> read() {
    const std::size_t before = problems_.errors().size();
    Descriptor result;
    Announcement said;
    read_what_and_when(result, said);
    const bool measure = result.direction == "restrict" || result.direction == "support";
    read_bites(said, measure ? Presence::required : Presence::optional);
    said.attention = result.attention = read_attention();
    read_sources(result, said);
    std::string unused;
    file_.read("note", unused, Presence::optional);
    if (result.direction.empty()) return std::nullopt;
    if (result.direction == "release") {
      take(ClaimedRelease{}, result, said);
    } else if (result.direction == "supply") {
      file_.read("named", result.named, Presence::required);
    } else {
      take(Measure{}, result, said);
    }
    complain_of_other_keys();
    if (problems_.errors().size() > before) return std::nullopt;
    return result;
  }

 private:
  void read_what_and_when(Descriptor& result, Announcement& said) {
    if (file_.read("id", result.id, Presence::required)) check_id(result.id, file_.position("id"), problems_);
    file_.read("title", result.title, Presence::required);
    file_.read("measure", said.continues, Presence::required);
    file_.read("announced", result.announced, Presence::required);
    word_of(file_, "hour", hour_names, Presence::optional, problems_);
    Instant salience;
    if (file_.read("salience", salience, Presence::optional)) result.salience = salience;
    result.type = word_of(file_, "instrument", event_type_names, Presence::required, problems_);
    file_.read("actor", said.actor, Presence::required);
    word_of(file_, "basis", basis_names, Presence::optional, problems_);
    // `direction` is also a key of the measure, which reads it again
    result.direction = word_of(file_, "direction", direction_names, Presence::required, problems_);
    said.id = result.id;
    said.announced = result.priced_from();
    said.where = file_.where();
  }

  /// Measures state all of force, level and duration, and what was feared when anything was reported.
  void read_bites(Announcement& said, Presence presence) {
    said.bite = read_bite(file_, presence, problems_);
    if (const auto at = read_word(file_, "prior", prior_names, Presence::required, problems_)) {
      said.prior = static_cast<Prior>(*at);
    }
    said.feared = nested_bite("feared");
    said.before = nested_bite("before");
    if (said.prior == Prior::none && said.feared) {
      problems_.add("E041", file_.position("feared"), "'feared' needs prior = \"rumoured\" or \"expected\"");
    }
    if (said.prior != Prior::none && !said.feared && presence == Presence::required) {
      problems_.add("E041", file_.position("prior"),
                    fmt::format("prior '{}' needs 'feared' (what the earlier reports described)",
                                name_of(said.prior, prior_names)));
    }
  }

  std::optional<Bite> nested_bite(const char* key) {
    const toml::table* nested = file_.table(key, Presence::optional);
    if (nested == nullptr) return std::nullopt;
    TomlTable table(*nested, file_.position(key), fmt::format("'{}' of {}", key, file_.place()), problems_);
    const Bite bite = read_bite(table, Presence::required, problems_);
    table.finish();
    return bite;
  }

  AttentionClass read_attention() {
    const auto at = read_word(file_, "attention", attention_names, Presence::required, problems_);
    return at ? static_cast<AttentionClass>(*at) : AttentionClass::none;
  }

  void read_sources(const Descriptor& result, Announcement& said) {
    std::vector<std::string> sources;
    if (!file_.read("sources", sources, Presence::required) || result.announced == Instant{}) return;
    said.source = join(sources, " | ");
    const Date last = to_local(result.priced_from(), 0).date + source_days;
    for (const std::string& source : sources) {
      const auto date = date_in(source);
      if (!date || *date <= last) continue;
      problems_.add(
          "E062", file_.position("sources"),
          fmt::format("source '{}' is dated {}, more than {} days after the announcement (it knows what "
                      "came of it) name one of the time",
                      source, to_text(*date), source_days));
    }
    if (sources.empty()) problems_.add("E062", file_.position("sources"), "'sources' is empty");
  }

  template <class What>
  void take(What what, Descriptor& result, const Announcement& said) {
    InstrumentReader reader(file_, problems_);
    what.keys(reader);
    for (auto& [outer, table] : reader.nested()) table.finish();
    EventProblems complaints(problems_, file_.where(), result.id);
    what.check_words(complaints);
    if constexpr (std::is_same_v<What, Measure>) result.named = what.named;
    result.event = Event{said, std::move(what)};
  }

  void complain_of_other_keys() {
    for (const TomlEntry& entry : file_.unknown()) {
      if (names_outcome(entry.key)) {
        problems_.add(
            "E042", entry.where,
            fmt::format("'{}' would set an outcome (descriptors say what was announced) leave it out",
                        entry.key));
      } else {
        file_.complain_of_unknown(entry);
      }
    }
  }

  TomlTable& file_;
  Problems& problems_;
};

bool holds_descriptors(const fs::path& folder) {
  const auto entries = fs::directory_iterator(folder);
  return std::any_of(begin(entries), end(entries),
                     [](const auto& entry) { return entry.path().extension() == ".toml"; });
}

Coding read_folder(const std::string& path, Problems& problems) {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(path)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path().string());
  }
  std::sort(files.begin(), files.end());
  Coding coding;
  for (const std::string& file : files) {
    auto descriptor = read_descriptor(file, problems);
    if (!descriptor) continue;
    for (const Descriptor& other : coding) {
      if (other.id == descriptor->id) {
        problems.add("E014", {file, 0, 0}, fmt::format("id '{}' is that of {} too", other.id, other.path));
      }
    }
    coding.push_back(std::move(*descriptor));
  }
  std::stable_sort(coding.begin(), coding.end(), [](const Descriptor& a, const Descriptor& b) {
    return a.announced != b.announced ? a.announced < b.announced : a.id < b.id;
  });
  return coding;
}

}  // namespace

std::optional<Descriptor> read_descriptor(const std::string& path, Problems& problems) {
  const auto parsed = parse_toml_file(path, {path, 0, 0}, problems);
  if (!parsed) return std::nullopt;
  const std::string name = fs::path(path).stem().string();
  TomlTable file(*parsed, {path, 1, 1}, fmt::format("descriptor '{}'", name), problems);
  auto descriptor = DescriptorReader(file, problems).read();
  if (descriptor) descriptor->path = path;
  if (descriptor && descriptor->id != name) {
    problems.add("E035", file.position("id"),
                 fmt::format("id '{}' is not the name of the file", descriptor->id));
  }
  return descriptor;
}

std::vector<Coding> read_codings(const std::string& path, Problems& problems) {
  std::error_code ignored;
  if (!fs::is_directory(path, ignored)) {
    auto descriptor = read_descriptor(path, problems);
    return descriptor ? std::vector<Coding>{{std::move(*descriptor)}} : std::vector<Coding>{};
  }
  std::vector<std::string> folders;
  if (holds_descriptors(path)) folders.push_back(path);
  for (const auto& entry : fs::directory_iterator(path)) {
    if (!entry.is_directory() || !holds_descriptors(entry.path())) continue;
    folders.push_back(entry.path().string());
    if (folders.front() == path) {
      problems.add(
          "E010", {folders.back(), 0, 0},
          "descriptors in a folder and in a folder below it (which of them are codings of the same events?) "
          "keep one level");
    }
  }
  std::sort(folders.begin(), folders.end());
  std::vector<Coding> codings;
  for (const std::string& folder : folders) codings.push_back(read_folder(folder, problems));
  if (std::all_of(codings.begin(), codings.end(), [](const Coding& one) { return one.empty(); }) &&
      !problems.any()) {
    problems.add("E010", {path, 0, 0}, "the folder holds no descriptors (files <ID>.toml)");
  }
  return codings;
}

}  // namespace chokepoint
