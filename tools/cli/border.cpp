#include <iostream>
#include <nlohmann/json.hpp>

#include "crypto/random.h"
#include "registry/base/time.h"
#include "registry/steps/border_link.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/fetch.h"
#include "tools/cli/reader_link.h"
#include "tools/cli/rows.h"
#include "tools/cli/submit.h"

namespace tools {
namespace {

using Json = nlohmann::json;

constexpr std::int64_t kDayMs = std::int64_t{24} * 60 * 60 * 1000;
constexpr std::size_t kSecretBytes = 32, kLinkIdBytes = 8;

void print_case(const Json& one) {
  print_members(one, {{"notification 通知", "id"},
                      {"direction 方向", "direction"},
                      {"party 单位", "party"},
                      {"agency 机关", "agency"},
                      {"country 国家", "country"},
                      {"substance 品种", "substance"},
                      {"state 状态", "state"},
                      {"answer 答复", "answer"},
                      {"reply by 答复期限", "reply_by"},
                      {"licence 许可证", "licence"},
                      {"declaration", "declaration"},
                      {"notified 通知量", "notified"},
                      {"licensed 许可量", "licensed"},
                      {"cleared 放行量", "cleared"},
                      {"moved 进出境量", "moved"},
                      {"confirmed 确认量", "confirmed"}});
  if (one.value("no_answer", false)) std::cout << "no answer in time; silence is not approval 逾期未答复，不视为同意\n";
  std::cout << "\ndocuments 单证\n";
  print_rows(one.at("documents"), {{"entry 序号", "seq"},
                                   {"kind 种类", "kind"},
                                   {"amount 数量", "amount"},
                                   {"answer 答复", "answer"},
                                   {"party 单位", "party"},
                                   {"time 时间", "rtime"}});
  if (one.at("findings").empty()) return;
  std::cout << "\nfindings 异常\n";
  print_rows(one.at("findings"),
             {{"finding", "id"}, {"kind 种类", "kind"}, {"severity", "severity"}, {"from", "lo"}, {"to", "hi"}});
}

}  // namespace

int run_border(const BorderOptions& options) {
  ServerLink link = reader_link(options.at);
  if (!options.number.empty()) {
    const Json one = get_json(link, "/v1/border-cases/" + url_encode(options.number));
    if (options.json) return std::cout << one.dump(2) << '\n', kGood;
    return print_case(one), kGood;
  }
  const std::string standing = options.standing.empty() ? "open" : options.standing;
  const Json rows = get_rows(link, "/v1/border-cases?standing=" + url_encode(standing));
  if (options.json) return std::cout << rows.dump(2) << '\n', kGood;
  print_rows(rows, {{"notification 通知", "id"},
                    {"direction 方向", "direction"},
                    {"party 单位", "party"},
                    {"country 国家", "country"},
                    {"substance 品种", "substance"},
                    {"state 状态", "state"},
                    {"notified 通知量", "notified"},
                    {"moved 进出境量", "moved"},
                    {"confirmed 确认量", "confirmed"}});
  return kGood;
}

int run_border_link(const BorderLinkOptions& options) {
  const registry::LinkToken token{"BL-" + crypto::random_hex(kLinkIdBytes), crypto::random_hex(kSecretBytes)};
  const registry::UtcTime expires = registry::SystemClock{}.now().plus_ms(options.days * kDayMs);
  SubmitOptions submit = options.submit;
  submit.type = "border.link";
  const int code = submit_payload(submit, {{"border_case", options.border_case},
                                           {"link", token.link},
                                           {"purpose", options.purpose},
                                           {"secret_hash", registry::link_secret_hash(token.secret)},
                                           {"expires", expires.str()}});
  if (code != kGood) return code;
  std::cout << "link  " << options.submit.at.server << "/v1/border-cases/" << url_encode(options.border_case)
            << "/partner/" << token.str() << "\nuntil " << expires.str() << '\n';
  return kGood;
}

}  // namespace tools
