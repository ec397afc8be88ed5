#include "tools/demo_city/month.h"

namespace tools {
namespace {

constexpr std::uint64_t kSeed = 360'300;

/// Five days of trade and two without, counted from the first of the month, so that each run has the same number.
bool is_working_day(int day) { return day % 7 < 5; }

std::string_view remark(int day) {
  switch (day) {
    case 0:
      return "agencies enrolled, units registered 入网登记";
    case 1:
      return "units verified, stores and officers entered 核实";
    case 2:
      return "licences and permits issued, opening stock counted 发证、期初";
    case 6:
      return "a carton of ampoules is split, two boxes go to the ward 拆分、领用";
    case 7:
      return "40 kg of acetic anhydride leave for Changsha 醋酸酐发出";
    case 9:
      return "a slip of the pen is corrected: 250 kg were 25 kg 更正";
    case 13:
      return "empty ampoules come back and are destroyed 空安瓿回收";
    case 14:
      return "an officer is replaced; damp permanganate is refused 拒收";
    case 15:
      return "a purchase is refused: 30 kg wanted, 25 kg left on the permit 额度不足";
    case 16:
      return "blind count in Changsha: 1.2 kg of acetic anhydride are missing 盲点短缺";
    case 17:
      return "the carrier reports the theft 流失报告";
    case 18:
      return "the permit is written off 核销";
    case 20:
      return "a permit is closed unused 未使用核销";
    case 21:
      return "expired morphine is destroyed before a witness 监督销毁";
    case 8:
      return "Ha Noi has no objection to 500 kg of permanganate 出口核查：对方无异议";
    case 24:
      return "the permanganate leaves for Viet Nam 高锰酸钾出境";
    case 28:
      return "Ha Noi confirms the arrival 境外确认到货";
    case 22:
      return "2 t of acetone are exported 出口";
    case 29:
      return "everything is counted 月末盘点";
    default:
      return {};
  }
}

}  // namespace

Month::Month(Players& players, DayClock& clock, crypto::NoteVerifier log_key)
    : players_(players),
      clock_(clock),
      log_key_(std::move(log_key)),
      dice_(kSeed),
      papers_(players, clock),
      opening_(players, clock, papers_, shelves_),
      market_(players, clock, papers_, shelves_, dice_),
      work_(players, clock, papers_, shelves_, dice_),
      episodes_(players, clock, papers_, shelves_, market_),
      ward_(players, clock, papers_),
      two_way_(players, clock, shelves_) {}

bool Month::play(registry::Date first, const std::function<bool(const DayNews&)>& tell) {
  for (int day = 0; day < kMonthDays; ++day) {
    clock_.begin(first.plus_days(day));
    players_.see_checkpoint(log_key_);
    play_day(day);
    if (!tell({day + 1, first.plus_days(day), players_.entries(), market_.deals(), remark(day)})) return false;
  }
  return true;
}

void Month::play_day(int day) {
  if (day < kOpeningDays) return opening_.day(day);
  const int n = day - kOpeningDays;
  work_.produce(n);
  if (is_working_day(day))
    market_.work(working_days_++);
  else
    market_.receive_arrivals();
  episodes_.day(day);
  ward_.day(day);
  two_way_.day(day);
  work_.use(n);
  if (day == kMonthDays - 1) work_.count_all();
}

}  // namespace tools
