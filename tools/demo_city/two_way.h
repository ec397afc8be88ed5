#pragma once

#include <string>
#include <string_view>

#include "tools/demo_city/players.h"
#include "tools/demo_city/shelves.h"

namespace tools {

/// Two-way checks 双向核查 of the month: permanganate goes to Viet Nam and some comes from India.
inline constexpr const char* kExportCase = "PEN-CN-VN-017";
inline constexpr const char* kImportCase = "PEN-IN-CN-204";

/// Both sides of the border: commerce, public security, customs, the trader, and a partner authority without an
/// account.
class TwoWay {
 public:
  TwoWay(Players& players, DayClock& clock, Shelves& shelves) : players_(players), clock_(clock), shelves_(shelves) {}

  /// `day` counts from the first of the month, 0.
  void day(int day);

 private:
  void notify_viet_nam();
  void licence_export();
  void depart();
  void licence_import();
  void receive_import();
  void answer_india();
  void release(const char* border_case, const char* declaration, Milli amount);
  /// The address of a one-time link for Ha Noi.
  std::string issue_link(const std::string& link, const char* purpose);
  Json notice(const char* border_case, const char* direction, const char* country, Milli amount) const;
  Json paper(const char* number, const char* kind, Milli amount) const;

  Players& players_;
  DayClock& clock_;
  Shelves& shelves_;
  std::string link_;
};

}  // namespace tools
