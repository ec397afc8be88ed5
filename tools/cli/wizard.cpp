#include "tools/cli/wizard.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>

#include "registry/base/time.h"
#include "tools/cli/server_setup.h"
#include "tools/home/home.h"
#include "tools/home/settings.h"

namespace tools {
namespace {

using Json = nlohmann::json;
using Fault = std::optional<std::string>;

constexpr int kTriesMax = 20;
constexpr std::size_t kLineMax = 4096;

class Wizard {
 public:
  Wizard(std::istream& in, std::ostream& out, HomeConfig config) : in_(in), out_(out), config_(std::move(config)) {}

  HomeConfig run() {
    out_ << "An empty line takes what stands in brackets. 直接回车表示采用方括号中的值。\n\n";
    ask("ledger", "Name of the ledger, for ever 登记簿名称（不可更改）", text_json);
    ask("region", "Region that it serves, six digits 服务区域（六位代码）", text_json);
    ask_pack();
    ask_reach();
    ask("port", "Port 端口", number_json);
    ask("anchor", "Anchor file, better on another volume 锚文件（宜放另一卷）", text_json);
    ask("personal_keys", "Keys of personal values, never in the backup of the database 个人信息密钥（勿与备份同放）",
        text_json);
    confirm();
    return config_;
  }

 private:
  static Json text_json(const std::string& text) { return text; }
  static Json number_json(const std::string& text) {
    const bool number = !text.empty() && text.size() < 7 && text.find_first_not_of("0123456789") == std::string::npos;
    return number ? Json(static_cast<std::uint64_t>(std::stoul(text))) : Json(text);
  }
  static Json list_json(const std::string& text) {
    Json out = Json::array();
    for (std::size_t at = 0; at <= text.size();) {
      const auto end = std::min(text.find(',', at), text.size());
      std::string item = text.substr(at, end - at);
      std::erase(item, ' ');
      if (!item.empty()) out.push_back(item);
      at = end + 1;
    }
    return out;
  }

  std::string line(const std::string& question, const std::string& usual) {
    out_ << question << (usual.empty() ? "" : " [" + usual + "]") << ": " << std::flush;
    std::string answer;
    if (!std::getline(in_, answer) || answer.size() > kLineMax)
      throw UsageError("\nthe answers ended before all was asked; nothing was made");
    while (!answer.empty() && (answer.back() == '\r' || answer.back() == ' ')) answer.pop_back();
    return answer.empty() ? usual : answer;
  }

  /// Until `take` finds no fault in the answer.
  void until_good(const std::string& question, const std::string& usual,
                  const std::function<Fault(const std::string&)>& take) {
    for (int tries = 0; tries < kTriesMax; ++tries) {
      const Fault fault = take(line(question, usual));
      if (!fault) return;
      out_ << "  ! " << *fault << '\n';
    }
    throw UsageError("too many answers were not good; nothing was made");
  }

  Fault take(std::string_view name, const Json& value) {
    const auto& all = settings();
    const auto setting = std::find_if(all.begin(), all.end(), [&](const Setting& each) { return each.name == name; });
    const Fault fault = setting->read(value, config_);
    if (!fault) config_.told.emplace(name);
    return fault ? Fault(std::string(name) + " " + *fault) : Fault();
  }

  std::string present(std::string_view name) const {
    const auto& all = settings();
    const auto setting = std::find_if(all.begin(), all.end(), [&](const Setting& each) { return each.name == name; });
    const Json value = setting->print(config_);
    return value.is_string() ? value.get<std::string>() : value.is_array() ? "" : value.dump();
  }

  void ask(std::string_view name, const std::string& question, Json (*read)(const std::string&)) {
    until_good(question, present(name), [&](const std::string& answer) { return take(name, read(answer)); });
  }

  void ask_pack() {
    until_good("Rule pack, cn or eu 规则包", present("pack"), [&](const std::string& answer) -> Fault {
      try {
        registry::RulePack::load(answer);
      } catch (const std::exception& error) {
        return error.what();
      }
      return take("pack", answer);
    });
  }

  void ask_reach() {
    out_ << "Who reaches it? 谁来访问？\n  1 this machine only, plain HTTP 仅本机\n  2 others, by TLS of its own "
            "其他机器，本程序提供 "
            "TLS\n  3 others, through a proxy that speaks TLS 其他机器，经 TLS 代理\n";
    until_good("1, 2 or 3", "1", [&](const std::string& answer) -> Fault {
      if (answer == "1") return ask_local();
      if (answer == "2") return ask_tls();
      if (answer == "3") return ask_proxy();
      return "1, 2 or 3 is wanted";
    });
  }

  Fault ask_local() { return take("address", "127.0.0.1"); }

  Fault ask_tls() {
    ask_address("0.0.0.0");
    until_good("Certificate chain, PEM 证书链文件", "", [&](const std::string& chain) -> Fault {
      const std::string key = line("Its private key, PEM 私钥文件", "");
      try {
        load_identity(absolute(chain), absolute(key), registry::SystemClock().now());
      } catch (const UsageError& error) {
        return error.what();
      }
      take("tls.certificate", absolute(chain));
      return take("tls.key", absolute(key));
    });
    return ask_origin();
  }

  Fault ask_proxy() {
    ask_address("127.0.0.1");
    until_good("Addresses or networks of the proxies, with commas 代理地址", "127.0.0.1",
               [&](const std::string& answer) {
                 const Json list = list_json(answer);
                 return list.empty() ? Fault("at least one is wanted") : take("behind_proxy", list);
               });
    return ask_origin();
  }

  void ask_address(const std::string& usual) {
    until_good("Address to listen on 监听地址", usual,
               [&](const std::string& answer) { return take("address", answer); });
  }

  Fault ask_origin() {
    until_good("Address as people type it, https://... 用户所用网址", "", [&](const std::string& answer) -> Fault {
      if (!answer.starts_with("https://")) return "https://registry.example is wanted";
      return take("origin", answer);
    });
    return {};
  }

  static std::string absolute(const std::string& path) { return std::filesystem::absolute(path).string(); }

  void confirm() {
    std::vector<std::string> faults;
    parse_config(print_config(config_), faults);
    for (const std::string& fault : faults) out_ << "  ! " << fault << '\n';
    if (!faults.empty()) throw UsageError("these do not go together; nothing was made");
    out_ << '\n' << print_config(config_);
    const std::string answer = line("Make it so? yes or no 确认创建？", "no");
    if (answer != "yes" && answer != "y" && answer != "是") throw UsageError("nothing was made");
  }

  std::istream& in_;
  std::ostream& out_;
  HomeConfig config_;
};

}  // namespace

HomeConfig ask_config(std::istream& in, std::ostream& out, HomeConfig config) {
  return Wizard(in, out, std::move(config)).run();
}

}  // namespace tools
