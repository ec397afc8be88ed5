#include <iostream>
#include <nlohmann/json.hpp>

#include "tools/cli/exit_codes.h"
#include "tools/cli/fetch.h"
#include "tools/cli/options.h"
#include "tools/cli/reader_link.h"
#include "tools/cli/rows.h"
#include "tools/home/files.h"

namespace tools {

using Json = nlohmann::json;

namespace {

int save_bundle(ServerLink& link, const std::string& path, const std::string& file) {
  const Json bundle = get_json(link, path + "/bundle");
  write_file(file, bundle.dump());
  std::cout << "entries " << bundle.at("entries").size() << ", written to " << file << '\n';
  return kGood;
}

}  // namespace

int run_permit(const PermitOptions& options) {
  ServerLink link = reader_link(options.at);
  const std::string path = "/v1/permits/" + url_encode(options.number);
  if (!options.bundle.empty()) return save_bundle(link, path, options.bundle);
  Json permit = get_json(link, path);
  const Json lines = get_rows(link, path + "/statement");
  if (options.json) {
    permit["statement"] = lines;
    return std::cout << permit.dump(2) << '\n', kGood;
  }
  print_members(permit, {{"permit 许可证", "no"},
                         {"kind 种类", "kind"},
                         {"", "kind_zh"},
                         {"holder 持证单位", "holder"},
                         {"issuer 发证机关", "issuer"},
                         {"valid from 有效自", "valid_from"},
                         {"valid to 有效至", "valid_to"},
                         {"state 状态", "state"},
                         {"purpose 用途", "purpose"}});
  std::cout << '\n';
  print_rows(permit.at("amounts"), {{"substance 品种", "substance"},
                                    {"granted 核准", "granted"},
                                    {"left 余量", "left"},
                                    {"held 占用", "held"},
                                    {"used 已用", "used"}});
  std::cout << "\nwrite-off 核销\n";
  print_rows(lines, {{"entry 序号", "index"},
                     {"time 时间", "rtime"},
                     {"type 步骤", "type"},
                     {"party 单位", "party"},
                     {"from", "from"},
                     {"to", "to"},
                     {"amount 数量", "amount"},
                     {"left 余量", "left"},
                     {"held 占用", "held"},
                     {"used 已用", "used"}});
  return kGood;
}

}  // namespace tools
