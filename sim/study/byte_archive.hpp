/// Values as bytes and back, for files that the same program reads again on the same machine.
///
/// A struct with padding, numbers with a point or members of its own kind has one function
/// `fields(archive, value)` that names its members once, used in both directions. Bytes are those of the
/// machine: no format for anyone else. Tests: tests/unit/run_journal_test.cpp.
#pragma once

#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace chokepoint {

/// True where the bytes are the value: no padding, which would differ from run to run, and no pointer.
template <class T>
inline constexpr bool is_plain = std::is_floating_point_v<T> ||
                                 (std::is_trivially_copyable_v<T> && !std::is_pointer_v<T> &&
                                  std::has_unique_object_representations_v<T>);

class ByteWriter {
 public:
  template <class... T>
  void operator()(T&... values) {
    (add(values), ...);
  }
  const std::string& bytes() const { return bytes_; }

 private:
  template <class T>
  void add(T& value) {
    if constexpr (is_plain<T>) {
      bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    } else {
      fields(*this, value);
    }
  }
  template <class T>
  void add(std::vector<T>& values) {
    std::size_t size = values.size();
    add(size);
    for (T& value : values) add(value);
  }
  void add(std::string& text) {
    std::size_t size = text.size();
    add(size);
    bytes_ += text;
  }

  std::string bytes_;
};

/// Throws std::out_of_range when the bytes end before the values do.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : left_(bytes) {}

  template <class... T>
  void operator()(T&... values) {
    (add(values), ...);
  }
  bool at_end() const { return left_.empty(); }

 private:
  std::string_view take(std::size_t size) {
    if (size > left_.size()) throw std::out_of_range("the bytes end too early");
    const std::string_view taken = left_.substr(0, size);
    left_.remove_prefix(size);
    return taken;
  }
  /// Number of elements that follow, each of at least one byte.
  std::size_t count() {
    std::size_t size = 0;
    add(size);
    if (size > left_.size()) throw std::out_of_range("the bytes end too early");
    return size;
  }
  template <class T>
  void add(T& value) {
    if constexpr (is_plain<T>) {
      std::memcpy(static_cast<void*>(&value), take(sizeof value).data(), sizeof value);
    } else {
      fields(*this, value);
    }
  }
  template <class T>
  void add(std::vector<T>& values) {
    values.resize(count());
    for (T& value : values) add(value);
  }
  void add(std::string& text) { text = take(count()); }

  std::string_view left_;
};

}  // namespace chokepoint
